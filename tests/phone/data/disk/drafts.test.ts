// Forms in two tabs: what one of them drops is still on the screen of the other.
import { beforeEach, expect, it } from "vitest";
import { settle } from "../../support/setup";
import { newPhone, openTab } from "../../support/tab";

beforeEach(newPhone);

const draft = { key: "visit:a", assignment: "a", label: "张*", form: { note: "second tab" }, touched: true };

it("a form whose draft another tab has recorded is told of it, and may keep it again", async () => {
  const [one, two] = [await openTab(), await openTab()];
  await two.drafts.saveDraft(draft);
  let told = 0;
  const end = two.drafts.onDropped("visit:a", () => {
    told += 1;
    void two.drafts.saveDraft(draft);
  });
  await one.acts.perform("visit", { assignment: "a", draft: "visit:a", undoMs: 8000 });
  await settle(20);
  expect(told).toBe(1);
  expect(await two.store.disk().all("drafts")).toMatchObject([{ form: { note: "second tab" } }]);
  expect(two.store.recorded("a")).toBe(true);
  expect(two.store.recorded("b")).toBe(false);
  end();
  await two.drafts.dropDraft("visit:a");
  await settle();
  expect(told).toBe(1);
});

it("a form that was never kept is not told", async () => {
  const tab = await openTab();
  let told = 0;
  tab.drafts.onDropped("visit:a", () => {
    told += 1;
  });
  await tab.drafts.saveDraft({ ...draft, key: "visit:b" });
  await tab.drafts.dropDraft("visit:b");
  await settle();
  expect(told).toBe(0);
});
