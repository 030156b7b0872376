// A word on what left its screen: above the next step of whatever is open, for eight seconds.
import "../support/setup";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { online } from "../../../static/phone/data/disk/store";
import { Screen } from "../../../static/phone/parts/frame/frame";
import { isTold, tell } from "../../../static/phone/parts/frame/told";
import { decline } from "../../../static/phone/parts/work/decline";
import { speak } from "../../../static/shared/words/say";
import { markup } from "../support/drawn";
import { viewed } from "../support/made";

const perform = vi.hoisted(() => vi.fn());
vi.mock("../../../static/phone/data/outbox/acts", () => ({ perform }));

const screen = () =>
  markup(
    <Screen title="Record" back="/">
      {null}
    </Screen>,
  );

beforeEach(() => {
  vi.useFakeTimers();
  perform.mockReset();
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

it("is gone after eight seconds, counted from the last word", () => {
  tell("first");
  vi.advanceTimersByTime(7000);
  tell("second");
  vi.advanceTimersByTime(7000);
  expect(screen()).toContain("second");
  vi.advanceTimersByTime(1000);
  expect(isTold()).toBe(false);
  expect(screen()).not.toContain("<footer");
});

it.each([
  [true, "zh-hans", "已拒签，这件转给别人。"],
  [true, "en", "Declined. It goes to someone else."],
  [false, "zh-hans", "拒签存好了，有网就转给别人。"],
  [false, "en", "Saved. Once there is a signal, it goes to someone else."],
] as const)("answers who can't go: with a server %s, in %s", async (on, language, words) => {
  online.value = on;
  speak(language);
  await decline(viewed(), "too_far");
  expect(perform).toHaveBeenCalledWith("decline", expect.objectContaining({ payload: { reason: "too_far" } }));
  expect(screen()).toMatch(new RegExp(`<footer[^>]*><p class="note note--ok" role="status">.*${words}`));
});

it("says nothing of what the phone could not keep", async () => {
  perform.mockRejectedValue(new Error("no room"));
  await expect(decline(viewed(), "unwell")).rejects.toThrow("no room");
  expect(isTold()).toBe(false);
});
