// The sketch: words beside the way and not on it, a way that ends at the marks, and red only where the risk is high.
import "../../support/setup";
import { beforeEach, describe, expect, it } from "vitest";
import { fix, ticking } from "../../../../static/phone/data/disk/store";
import { Money } from "../../../../static/phone/parts/work/money";
import { Schematic } from "../../../../static/phone/parts/work/schematic";
import { Why } from "../../../../static/phone/screens/assignment/why";
import { JobNow } from "../../../../static/phone/screens/worklist/job";
import { widthOf } from "../../../../static/shared/lib/labels";
import { markup } from "../../support/drawn";
import { viewed } from "../../support/made";

const HOME = { lat: 33.4, lon: 114.9 };
const place = { address: "示范路1号", divisions: ["范集镇", "范集村"], outline: null, safety_note: "", ...HOME };
const sketch = (risk: "high" | "low" = "high"): string =>
  markup(<Schematic place={place} risk={risk} label="赵某 Zhao Mou" village="范集村 Fanji Village" />);

/** Every hour of the clock around the home, near and far. */
const AROUND = Array.from({ length: 24 }, (_, hour) => (hour * Math.PI) / 12).flatMap((turn) =>
  [0.0008, 0.01].map((far) => ({ lat: HOME.lat + far * Math.cos(turn), lon: HOME.lon + far * Math.sin(turn) })),
);

interface Line {
  from: [number, number];
  to: [number, number];
}

function wayOf(drawn: string): Line | null {
  const found = /class="way" d="M([\d.-]+) ([\d.-]+)L([\d.-]+) ([\d.-]+)"/.exec(drawn);
  if (!found) return null;
  const [x = 0, y = 0, toX = 0, toY = 0] = found.slice(1).map(Number);
  return { from: [x, y], to: [toX, toY] };
}

/** The words of the home and mine, as boxes: left, top, right, bottom. */
function wordsOf(drawn: string): [number, number, number, number][] {
  const all = [...drawn.matchAll(/<text[^>]*x="([\d.-]+)" y="([\d.-]+)" text-anchor="(start|end)">([^<]*)</g)];
  return all.map(([, x = "", y = "", anchor, words = ""]) => {
    const left = anchor === "end" ? Number(x) - widthOf(words) : Number(x);
    return [left, Number(y) - 11, left + widthOf(words), Number(y) + 2];
  });
}

function crosses({ from, to }: Line, [left, top, right, bottom]: [number, number, number, number]): boolean {
  return Array.from({ length: 201 }, (_, step) => step / 200).some((share) => {
    const x = from[0] + (to[0] - from[0]) * share;
    const y = from[1] + (to[1] - from[1]) * share;
    return x > left && x < right && y > top && y < bottom;
  });
}

beforeEach(() => {
  ticking.value = 6000;
  fix.value = null;
});

describe("the sketch", () => {
  it.each(AROUND)("has no words on the way, from wherever one comes: $lat $lon", (here) => {
    fix.value = { ...here, accuracy: 12, at: 0 };
    const drawn = sketch();
    const way = wayOf(drawn);
    const words = wordsOf(drawn);
    expect(words).toHaveLength(3);
    expect(way === null ? [] : words.filter((box) => crosses(way, box))).toEqual([]);
  });

  it("draws the way from the edge of my mark, not through it", () => {
    fix.value = { lat: HOME.lat, lon: HOME.lon - 0.01, accuracy: 12, at: 0 };
    const drawn = sketch();
    const me = Number(/class="me" cx="([\d.]+)"/.exec(drawn)?.[1]);
    expect((wayOf(drawn)?.from[0] ?? 0) - me).toBeGreaterThanOrEqual(9);
  });

  it("has none between marks that touch", () => {
    fix.value = { ...HOME, accuracy: 12, at: 0 };
    expect(wayOf(sketch())).toBeNull();
  });
});

describe("red", () => {
  const about = { amount_at_risk: "20000", reasons: [{ code: "repeat", text: "2 earlier warnings" }] };
  const parts = (risk: "high" | "low"): string => {
    const view = viewed({ place }, { ...about, risk });
    const drawn = (
      <>
        <JobNow view={view} />
        <Money about={view.assignment.case} />
        <Why view={view} />
      </>
    );
    return markup(drawn) + sketch(risk);
  };

  it("is for a case of high risk, and for none other", () => {
    expect(parts("low")).not.toMatch(/high/);
    expect(parts("high").match(/[\w-]+high/g)).toEqual(
      expect.arrayContaining(["job--high", "is-high", "money__risk--high", "why--high", "home--high"]),
    );
  });
});
