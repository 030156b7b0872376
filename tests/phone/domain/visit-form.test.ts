// The record's form: what is read out of what people type, what is sent, and that a sent record becomes the same form again.
import { describe, expect, it } from "vitest";
import type { Entry } from "../../../static/phone/domain/outbox/entry";
import { convert, readSum, writeSum } from "../../../static/phone/domain/visit/amount";
import { knownRecord } from "../../../static/phone/domain/visit/correction";
import {
  DONE_CHOICES,
  emptyAmount,
  emptyForm,
  formOf,
  inUnit,
  isTouched,
  lacks,
  MET_RESULTS,
  NOT_MET_RESULTS,
  PROOFS,
  payloadOf,
  TRIED_CHOICES,
  unreadable,
  type VisitForm,
  withMet,
} from "../../../static/phone/domain/visit/visit-form";
import * as generated from "../../../static/shared/server/generated";

const FULL: VisitForm = {
  ...emptyForm(),
  met: true,
  result: "dissuaded",
  kept: [
    { ...emptyAmount("wan"), text: "20", proof: "seen" },
    { ...emptyAmount("g"), kind: "gold", text: "35.5", proof: "family" },
  ],
  lost: [{ ...emptyAmount("wan"), text: "1", proof: "bank", at: "2026-11-20T15:02", to: "某平台" }],
  done: ["app_removed", "family_informed"],
  needs: ["bank"],
  followUp: "2026-11-21",
  note: "女儿在场，一起劝。",
  photos: ["p1"],
  signature: "s1",
};
const PHOTOS = [
  { uuid: "p1", sha256: "a".repeat(64), bytes: 9, kind: "photo" as const },
  { uuid: "s1", sha256: "b".repeat(64), bytes: 8, kind: "signature" as const },
];

describe("a typed sum", () => {
  it.each([
    ["20", "wan", 200_000],
    ["87.8", "wan", 878_000],
    ["0.1", "wan", 1000],
    ["1.23456", "wan", 12_345.6],
    ["３０", "yuan", 30],
    ["200,000", "yuan", 200_000],
    ["20万", "yuan", 200_000],
    ["1.2 亿", "wan", 120_000_000],
    ["¥5,000.50", "yuan", 5000.5],
    [".5", "g", 0.5],
    ["99999999999", "yuan", 99_999_999_999],
  ] as const)("reads %s in %s", (text, unit, sum) => {
    expect(readSum(text, unit)).toBe(sum);
  });

  it.each(["", "两万", "1-2", "-5", "12 or 13", "1.2.3", "999999999999"])("does not read %s", (text) => {
    expect(readSum(text, "yuan")).toBeNull();
  });

  it("is the same sum in another unit, and stays as typed where it can't be read", () => {
    expect(convert("20", "wan", "yuan")).toBe("200000");
    expect(convert("200,000", "yuan", "wan")).toBe("20");
    expect(convert("两万", "wan", "yuan")).toBe("两万");
    expect(writeSum(12_345.6, "wan")).toBe("1.23456");
  });
});

describe("a form", () => {
  it("knows the codes of the server, all of them", () => {
    const met = (wanted: boolean): string[] =>
      Object.entries(generated.DISPOSITIONS).flatMap(([code, one]) => (one.met === wanted ? [code] : []));
    expect([...MET_RESULTS].sort()).toEqual(met(true).sort());
    expect([...NOT_MET_RESULTS].sort()).toEqual(met(false).sort());
    expect([...TRIED_CHOICES].sort()).toEqual([...generated.TRIED].sort());
    expect([...DONE_CHOICES].sort()).toEqual([...generated.DONE].sort());
    expect([...PROOFS].sort()).toEqual([...generated.AMOUNT_EVIDENCE].sort());
  });

  it("asks for met and the result, and for nothing else", () => {
    expect(lacks(emptyForm())).toBe("met");
    expect(lacks(withMet(emptyForm(), false))).toBe("result");
    expect(lacks({ ...emptyForm(), met: false, result: "not_met" })).toBeNull();
  });

  it("takes back a result that no longer fits, and keeps the rest", () => {
    const turned = withMet(FULL, false);
    expect(turned.result).toBeNull();
    expect(turned.kept).toEqual(FULL.kept);
    expect(withMet(FULL, true).result).toBe("dissuaded");
  });

  it("is untouched until somebody enters something", () => {
    expect(isTouched(emptyForm())).toBe(false);
    expect(isTouched({ ...emptyForm(), kept: [emptyAmount("wan")] })).toBe(false);
    expect(isTouched({ ...emptyForm(), note: "x" })).toBe(true);
    expect(isTouched({ ...emptyForm(), met: false })).toBe(true);
  });

  it("finds the sums that can't be read", () => {
    const row = { ...emptyAmount("wan"), text: "大概三万" };
    expect(unreadable({ ...FULL, lost: [row] })).toEqual([row]);
    expect(unreadable(FULL)).toEqual([]);
  });
});

describe("what is sent", () => {
  it("is in yuan and grams, with the grade of proof, the city's time and the listed photos", () => {
    expect(payloadOf(FULL, { script: "f".repeat(64), steps: [{ key: "calm", seconds: 9 }], photos: PHOTOS })).toEqual({
      met: true,
      disposition: "dissuaded",
      done: ["app_removed", "family_informed"],
      needs: ["bank"],
      amounts: [
        { meaning: "protected", evidence: "seen", kind: "money", quantity: "200000" },
        { meaning: "protected", evidence: "family", kind: "gold", quantity: "35.5" },
        {
          meaning: "lost",
          evidence: "bank",
          kind: "money",
          quantity: "10000",
          happened_at: "2026-11-20T15:02:00+08:00",
          to: "某平台",
        },
      ],
      steps: [{ key: "calm", seconds: 9 }],
      photos: PHOTOS,
      follow_up_on: "2026-11-21",
      note: "女儿在场，一起劝。",
      script: "f".repeat(64),
    });
  });

  it("says no more than was said", () => {
    expect(payloadOf({ ...emptyForm(), met: false, result: "not_met", tried: ["knocked"] })).toEqual({
      met: false,
      disposition: "not_met",
      tried: ["knocked"],
    });
  });

  it("counts a sum without a grade as told", () => {
    const form = { ...FULL, kept: [{ ...emptyAmount("yuan"), text: "500" }], lost: [] };
    expect(payloadOf(form)["amounts"]).toEqual([
      { meaning: "protected", evidence: "said", kind: "money", quantity: "500" },
    ]);
  });

  it("becomes the same form again", () => {
    expect(formOf(payloadOf(FULL, { photos: PHOTOS }))).toEqual(FULL);
  });

  it("becomes a form in yuan where English is spoken", () => {
    const english = inUnit(formOf(payloadOf(FULL)), "yuan");
    expect(english.kept.map((row) => row.text)).toEqual(["200000", "35.5"]);
    expect(payloadOf(english)["amounts"]).toEqual(payloadOf(FULL)["amounts"]);
  });

  it("becomes a form whatever it holds", () => {
    expect(formOf({})).toEqual(emptyForm());
    expect(formOf({ met: "yes", amounts: "none", photos: null, disposition: "newer" })).toEqual(emptyForm());
  });
});

describe("a record to correct", () => {
  const entry = (over: Partial<Entry>): Entry => ({
    seq: 1,
    uuid: "v1",
    device: "d",
    kind: "visit",
    assignment: "a1",
    happened_at: "2026-11-20T08:00:00Z",
    clock_offset_ms: 0,
    payload: payloadOf(FULL, { photos: PHOTOS }),
    label: "赵某",
    photos: [],
    not_before: 0,
    state: "answered",
    receipt: null,
    answered_at: 0,
    needs: false,
    ...over,
  });
  const done = {
    id: "a1",
    case_number: "1",
    short_name: "赵某",
    scam_name: "x",
    risk: "high" as const,
    ended_at: "",
    status: "cleared" as const,
    disposition: "wavering",
    visit: "v1",
    decides: true,
  };

  it("is found by its own name and by its assignment's, with what is still on the phone but the photos", () => {
    for (const id of ["v1", "a1"]) {
      const known = knownRecord(id, [entry({})], []);
      expect(known).toMatchObject({ visit: "v1", assignment: "a1", label: "赵某", prefilled: true });
      expect(known?.form).toEqual({ ...FULL, photos: [], signature: "" });
    }
  });

  it("is found among what was done today, with its result alone", () => {
    expect(knownRecord("a1", [entry({ payload: {} })], [done])).toMatchObject({
      visit: "v1",
      prefilled: false,
      form: { met: true, result: "wavering", note: "" },
    });
  });

  it("starts from the last correction", () => {
    const record = payloadOf({ ...FULL, note: "newer" });
    const later = entry({ uuid: "c1", kind: "correction", payload: { corrects: "v1", record } });
    expect(knownRecord("v1", [entry({}), later], [done])?.form.note).toBe("newer");
  });

  it("is not invented", () => {
    expect(knownRecord("other", [entry({})], [done])).toBeNull();
  });
});
