// When a form was kept: to the second today, with its day where it is another one.
import "../support/setup";
import { expect, it } from "vitest";
import { drafts, ticking } from "../../../static/phone/data/disk/store";
import { SavedLine } from "../../../static/phone/parts/form/saved-line";
import { said } from "../support/drawn";

const NOW = Date.parse("2026-11-20T16:10:00Z"); // ten minutes after midnight in the city

function kept(at: string): [string, string] {
  ticking.value = NOW;
  const draft = { key: "visit:a", assignment: "a", label: "张某", form: {}, touched: true, saved_at: Date.parse(at) };
  drafts.value = [draft] as unknown as typeof drafts.value;
  return said(() => <SavedLine of="visit:a" />);
}

it.each([
  ["2026-11-20T16:09:08Z", "00:09:08", "00:09:08"],
  ["2026-11-20T15:59:08Z", "昨天 23:59", "23:59 yesterday"],
])("%s", (at, zh, en) => {
  expect(kept(at)).toEqual([`草稿已存在本机，${zh}`, `Draft saved on this phone, ${en}`]);
});
