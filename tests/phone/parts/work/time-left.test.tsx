// A clock says what is left in one form and one order, in both languages, on every screen that has one.
import "../../support/setup";
import { beforeEach, describe, expect, it } from "vitest";
import { offset, ticking } from "../../../../static/phone/data/disk/store";
import type { Due } from "../../../../static/phone/domain/work/view";
import { TimeLeft } from "../../../../static/phone/parts/work/time-left";
import { Call } from "../../../../static/phone/screens/assignment/people";
import { JobNow, JobRow } from "../../../../static/phone/screens/worklist/job";
import { markup, said } from "../../support/drawn";
import { viewed } from "../../support/made";

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 20, 6); // 14:00 in the city
const due = (what: Due["what"], minutes: number): Due => ({ what, by: START + minutes * MINUTE, from: START });
const later = (minutes: number): void => {
  ticking.value = START + minutes * MINUTE;
  offset.value = 0;
};
const low = { risk: "low" };

beforeEach(() => later(0));

describe("a clock", () => {
  it.each([
    ["acknowledge", "4:10 内签收，14:04 前", "4:10 left to acknowledge, by 14:04"],
    ["contact", "4:10 内打通电话，14:04 前", "4:10 left to call them, by 14:04"],
    ["arrive", "4:10 内到场，14:04 前", "4:10 left to arrive, by 14:04"],
    ["record", "4:10 内写好记录，14:04 前", "4:10 left to record, by 14:04"],
  ] as const)("tells the time first, then what for and by when: %s", (what, zh, en) => {
    const words = () => <TimeLeft due={due(what, 4 + 1 / 6)} at={START} />;
    expect(said(words)).toEqual([zh, en]);
  });

  it("that is over tells by how much in the same order", () => {
    const words = () => <TimeLeft due={due("arrive", 30)} at={START + 32 * MINUTE} />;
    expect(said(words)).toEqual(["+2:00 已超时，应在 14:30 前到场", "+2:00 over, arrival was due by 14:30"]);
  });

  it("turns amber in its last quarter, and red when it is over", () => {
    const at = (minute: number) => markup(<TimeLeft due={due("arrive", 40)} at={START + minute * MINUTE} />);
    expect([0, 29, 31, 41].map((minute) => /clk--(\w+)/.exec(at(minute))?.[1])).toEqual(["ok", "ok", "soon", "over"]);
  });
});

describe("the worklist", () => {
  it("says it large for the visit of now, amber with its bar when little is left", () => {
    const job = () => <JobNow view={viewed()} />;
    later(2);
    expect(said(job)[1]).toContain("8:00 left to acknowledge, by 14:10");
    expect(markup(job())).toContain("bigclk--ok");
    later(9);
    expect(markup(job())).toMatch(/bigclk--soon.*fuse--soon/s);
  });

  it("says it in a row within the hour, with a bar once it is short; before that until when", () => {
    const row = (arrive_by: string, acknowledge_by = arrive_by) => {
      const clocks = { acknowledge_by, contact_by: arrive_by, arrive_by, record_by: arrive_by };
      return () => <JobRow view={viewed({ clocks }, low)} />;
    };
    expect(said(row("2026-11-20T06:40:00Z"))).toEqual([
      expect.stringContaining("40:00 内签收 "),
      expect.stringContaining("40:00 left to acknowledge "),
    ]);
    expect(said(row("2026-11-20T09:30:00Z"))).toEqual([
      expect.stringContaining("17:30 前"),
      expect.stringContaining("by 17:30"),
    ]);
    expect(said(row("2026-11-21T01:00:00Z"))[1]).toContain("by 09:00 tomorrow");
    expect(markup(row("2026-11-20T06:40:00Z")())).not.toContain("fuse");
    later(31);
    expect(markup(row("2026-11-20T06:40:00Z")())).toContain("fuse--soon");
    expect(said(row("2026-11-20T06:40:00Z"))[1]).toContain("9:00 left to acknowledge");
  });
});

describe("the call", () => {
  it("has its clock beside it, unless that is the one at the top", () => {
    expect(said(() => <Call view={viewed()} />)[1]).toContain("20:00 left to call them, by 14:20");
    expect(said(() => <Call view={viewed({ status: "acknowledged" })} />)[1]).not.toContain("left to");
  });

  it("has none where nobody counts: by when it would be good, and nothing after that", () => {
    const call = () => <Call view={viewed({ status: "acknowledged" }, low)} />;
    expect(said(call)[1]).toContain("Reach them by 14:20");
    later(21);
    expect(said(call)[1]).not.toMatch(/14:20|over/);
  });
});
