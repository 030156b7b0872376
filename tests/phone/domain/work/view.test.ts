// What the officer sees: the server's worklist with what this phone did since laid over it.
import { describe, expect, it } from "vitest";
import type { Entry } from "../../../../static/phone/domain/outbox/entry";
import { nextStep, overlay, overlayAll, ringing } from "../../../../static/phone/domain/work/view";
import { assignment, entry, sent } from "../../support/made";

const dayOf = (at: number | string): string => new Date(at).toISOString().slice(0, 10);
const TODAY = "2026-11-20";
const low = { ...assignment("a").case, risk: "low" };
const by = (minutes: number): number => Date.UTC(2026, 10, 20, 6, minutes);
const view = (entries: Entry[], more: Record<string, unknown> = {}) =>
  overlay(assignment("a", more), entries, TODAY, dayOf);

describe("a tap", () => {
  it("shows at once, step by step", () => {
    const kinds = ["acknowledge", "depart", "arrive", "visit"] as const;
    const steps = kinds.map((_, n) => view(kinds.slice(0, n + 1).map((kind, seq) => entry(seq, { kind }))));
    expect(steps.map((one) => one.status)).toEqual(["acknowledged", "en_route", "on_scene", "cleared"]);
    expect(steps.slice(0, 3).map(nextStep)).toEqual(["depart", "arrive", "visit"]);
    expect(steps[3]?.pending).toBe(4);
  });

  it("never takes the status back behind what the server knows", () => {
    expect(view([entry(1, { kind: "acknowledge" })], { status: "on_scene" }).status).toBe("on_scene");
  });

  it("that the server refused does not count", () => {
    const refused = sent(1, { kind: "acknowledge", receipt: { uuid: "uuid-1", verdict: "refused" } });
    expect(view([refused])).toMatchObject({ status: "assigned", pending: 0, acknowledgedAt: null });
  });

  it("that says no hides the case, unless the server only keeps it: then it must go on ringing", () => {
    expect(overlayAll([assignment("a")], [entry(1, { kind: "decline" })], TODAY, dayOf)).toEqual([]);
    const held = sent(1, { kind: "decline", receipt: { uuid: "uuid-1", verdict: "held" } });
    expect(overlayAll([assignment("a")], [held], TODAY, dayOf)).toHaveLength(1);
  });

  it("for another case, or taken back, changes nothing here", () => {
    expect(
      view([entry(1, { kind: "visit", assignment: "b" }), entry(2, { kind: "undone", assignment: null })]).status,
    ).toBe("assigned");
  });

  it("keeps the time of the tap by the server's clock", () => {
    expect(view([entry(1, { kind: "arrive", clock_offset_ms: 60_000 })]).arrivedAt).toBe("2026-11-20T06:06:00.000Z");
  });
});

describe("the clock that runs", () => {
  it("is the one of the next step", () => {
    const due = (status: string) => view([], { status }).due;
    expect(due("assigned")).toEqual({ what: "acknowledge", by: by(10), from: by(0) });
    expect(due("acknowledged")).toEqual({ what: "arrive", by: by(30), from: by(0) });
    expect(due("en_route")?.what).toBe("arrive");
    expect(view([entry(1, { kind: "arrive" })]).due).toEqual({ what: "record", by: by(90), from: by(5) });
    expect(view([entry(1, { kind: "visit" })]).due).toBeNull();
  });
});

describe("the worklist", () => {
  it("groups by what is due: now, today, on a later day, and a second look by itself", () => {
    const later = { ...assignment("a").clocks, arrive_by: "2026-11-21T06:00:00Z" };
    expect(view([]).group).toBe("now");
    expect(view([], { case: low }).group).toBe("today");
    expect(view([], { case: low, clocks: later }).group).toBe("later");
    expect(view([], { case: low, purpose: "follow_up" }).group).toBe("follow_up");
    expect(view([], { case: low, clocks: later, purpose: "follow_up" }).group).toBe("follow_up");
    expect(view([], { case: low, clocks: later, status: "on_scene" }).group).toBe("now");
  });

  it("has the most urgent first", () => {
    const clocks = (minute: number) => ({
      ...assignment("x").clocks,
      acknowledge_by: new Date(by(minute)).toISOString(),
    });
    const all = [
      assignment("low", { case: low }),
      assignment("second", { clocks: clocks(12) }),
      assignment("first", { clocks: clocks(2) }),
    ];
    expect(overlayAll(all, [], TODAY, dayOf).map((one) => one.assignment.id)).toEqual(["first", "second", "low"]);
  });
});

describe("the alarm", () => {
  const rings = (minute: number, entries: Entry[] = [], more = {}) =>
    ringing([view(entries, more)], by(minute)) !== null;

  it("rings for high risk until it is answered, and some minutes past its clock", () => {
    expect([rings(0), rings(11), rings(19), rings(20)]).toEqual([true, true, true, false]);
    expect(rings(0, [entry(1, { kind: "acknowledge" })])).toBe(false);
    expect(rings(0, [], { case: low })).toBe(false);
  });

  it("is not silenced by having been shown", () => {
    expect(rings(0, [entry(1, { kind: "receipt" })])).toBe(true);
    expect(view([entry(1, { kind: "receipt" })]).shown).toBe(true);
  });
});
