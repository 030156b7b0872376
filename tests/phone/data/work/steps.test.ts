// Seconds and answers of a talk add up under their step.
import { expect, test } from "vitest";
import { added, type StepTime } from "../../../../static/phone/data/work/steps";

test("seconds of a step that is seen again are added", () => {
  const once = added([], { key: "calm", seconds: 10 });
  expect(added(once, { key: "calm", seconds: 5 })).toEqual([{ key: "calm", seconds: 15 }]);
});

test("an objection stands for itself, and the last word on it counts", () => {
  let steps: StepTime[] = added([], { key: "calm", seconds: 10 });
  steps = added(steps, { key: "calm", seconds: 4, objection: "secret" });
  steps = added(steps, { key: "calm", seconds: 0, objection: "secret", worked: "no" });
  steps = added(steps, { key: "calm", seconds: 0, objection: "secret", worked: "partly" });
  steps = added(steps, { key: "calm", seconds: 2, objection: "secret" });
  expect(steps).toEqual([
    { key: "calm", seconds: 10 },
    { key: "calm", seconds: 6, objection: "secret", worked: "partly" },
  ]);
});

test("never more than the server takes with a visit", () => {
  let steps: StepTime[] = [];
  for (let place = 0; place < 130; place += 1) steps = added(steps, { key: `step_${place}`, seconds: 1 });
  expect(steps).toHaveLength(100);
});
