// Which worklist may take the place of which.
import { expect, it } from "vitest";
import { replaces, tagOf } from "../../../../static/phone/domain/work/work";
import { work } from "../../support/made";

it("a newer state of the same history replaces, an older one never, the same one may", () => {
  expect([4, 5, 6].map((version) => replaces(work(5), work(version)))).toEqual([false, true, true]);
});

it("another history replaces, whatever its number", () => {
  expect(replaces(work(500), work(1, [], { epoch: "another" }))).toBe(true);
});

it("anything replaces nothing", () => {
  expect(replaces(null, work(0))).toBe(true);
});

it("is named by its history, the end of its person's id and its number", () => {
  expect(tagOf(work(7))).toBe("11111111-1111-4111-8111-111111111111.000000a1.7");
});
