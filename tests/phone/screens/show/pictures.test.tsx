// Every picture that a script may name is drawn; where a later version names another, its number stands there.
import "../../support/setup";
import { expect, it } from "vitest";
import { DrawnSteps } from "../../../../static/phone/screens/show/drawn-steps";
import { Picture } from "../../../../static/phone/screens/show/pictures";
import { SCRIPT_PICTURES } from "../../../../static/shared/server/generated";
import { markup } from "../../support/drawn";

it.each(SCRIPT_PICTURES)("%s is drawn", (name) => {
  const drawn = markup(<Picture name={name} place={0} />);
  expect(drawn).not.toContain("drawn__n");
  expect(drawn).toMatch(/<(path|circle|rect) class="(ln|fl)/);
});

it("an unknown one is the number of its step", () => {
  expect(markup(<Picture name="cat" place={2} />)).toMatch(/drawn__n[^>]*>3</);
});

it("the last step is the loss until somebody says where they are", () => {
  const drawn = markup(
    <DrawnSteps lines={["1 A teacher", "2 An app", "3 Gone"]} pictures={["group", "app", "gone"]} />,
  );
  const steps = drawn.split("<li");
  expect(steps.map((step) => step.includes("is-next"))).toEqual([false, false, false, true]);
  expect(drawn).toContain("A teacher");
  expect(drawn).not.toContain("1 A teacher");
});
