// When an officer on scene is asked whether all is right, and what an entry that needs them asks.
import { describe, expect, it } from "vitest";
import type { Entry } from "../../../../static/phone/domain/outbox/entry";
import { canRecordAnew, choicesOf, saidBy, whyOf } from "../../../../static/phone/domain/outbox/needs";
import { safetyOf } from "../../../../static/phone/domain/work/safety";
import type { View } from "../../../../static/phone/domain/work/view";
import type { Receipt } from "../../../../static/phone/domain/work/work";
import { entry as made } from "../../support/made";

const MINUTE = 60_000;
const ARRIVED = Date.parse("2026-11-20T08:00:00Z");
const view = (status: string, due: string | null = null): View =>
  ({ status, arrivedAt: new Date(ARRIVED).toISOString(), assignment: { id: "a1", safety_due_at: due } }) as View;
const entry = (over: Partial<Entry>): Entry =>
  made(1, { uuid: "u1", kind: "visit", assignment: "a1", payload: {}, state: "answered", needs: true, ...over });

describe("the question on scene", () => {
  it("comes a quarter of an hour after the arrival, and only there", () => {
    expect(safetyOf(view("on_scene"), [], ARRIVED + 15 * MINUTE - 1).asks).toBe(false);
    expect(safetyOf(view("on_scene"), [], ARRIVED + 15 * MINUTE)).toEqual({ asks: true, since: ARRIVED });
    expect(safetyOf(view("en_route"), [], ARRIVED + 60 * MINUTE).asks).toBe(false);
  });

  it("waits again after an answer, told by the server's clock", () => {
    const said = entry({ kind: "all_right", happened_at: "2026-11-20T08:05:00Z", clock_offset_ms: 10 * MINUTE });
    expect(safetyOf(view("on_scene"), [said], ARRIVED + 29 * MINUTE).asks).toBe(false);
    expect(safetyOf(view("on_scene"), [said], ARRIVED + 30 * MINUTE).asks).toBe(true);
    expect(safetyOf(view("on_scene"), [{ ...said, assignment: "a2" }], ARRIVED + 20 * MINUTE).asks).toBe(true);
  });

  it("knows of an answer from another phone", () => {
    const due = new Date(ARRIVED + 40 * MINUTE).toISOString();
    expect(safetyOf(view("on_scene", due), [], ARRIVED + 30 * MINUTE).asks).toBe(false);
    expect(safetyOf(view("on_scene", due), [], ARRIVED + 35 * MINUTE).asks).toBe(true);
  });
});

describe("an entry that needs the officer", () => {
  const receipt = (over: Partial<Receipt>): Receipt => ({ uuid: "u1", verdict: "flagged", ...over });
  const flagged = (...codes: string[]): Entry =>
    entry({ receipt: receipt({ flags: codes.map((code) => ({ code, text: code })) }) });

  it("asks whose visit it was, where somebody else may have gone", () => {
    expect(whyOf(flagged("late", "after_recall"))).toBe("after_recall");
    expect(choicesOf(flagged("after_recall"))).toEqual(["theirs", "mine_too"]);
    expect(choicesOf(flagged("after_clear"))).toEqual(["mine_too", "seen"]);
    expect(choicesOf({ ...flagged("decided_meanwhile"), kind: "correction" })).toEqual(["seen"]);
  });

  it("can be written anew where the server could count nothing of it", () => {
    const payload = { met: true };
    const refused = entry({ payload, receipt: receipt({ verdict: "refused", detail: "No." }) });
    const held = entry({ payload, receipt: receipt({ verdict: "held", code: "payload_unreadable" }) });
    const unplaced = entry({ payload, receipt: receipt({ verdict: "held", code: "assignment_unknown" }) });
    expect([refused, held, unplaced].map(canRecordAnew)).toEqual([true, true, false]);
    expect(canRecordAnew({ ...refused, payload: {} })).toBe(false);
    expect([refused, held].flatMap((one) => choicesOf(one))).toEqual(["seen", "seen"]);
  });

  it("tells what the server said, once each", () => {
    const fault = (reason: string) => ({ field: "text", code: "invalid", reason });
    const said = receipt({ verdict: "refused", detail: "No.", errors: [fault("No."), fault("Too long.")] });
    expect(saidBy(entry({ receipt: said }))).toEqual(["No.", "Too long."]);
    expect(saidBy(flagged("after_recall", "late"))).toEqual(["late"]);
  });
});
