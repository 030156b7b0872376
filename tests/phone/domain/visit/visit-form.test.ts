// The record's form: what is read out of what people type, what is sent, and that a sent record becomes the same form again.
import { describe, expect, it } from "vitest";
import type { Entry } from "../../../../static/phone/domain/outbox/entry";
import { knownRecord } from "../../../../static/phone/domain/visit/correction";
import {
  DONE_CHOICES,
  emptyAmount,
  emptyForm,
  formOf,
  MET_RESULTS,
  NOT_MET_RESULTS,
  PROOFS,
  TRIED_CHOICES,
  type VisitForm,
} from "../../../../static/phone/domain/visit/record";
import { isMoment, knownSums, toggledKnown } from "../../../../static/phone/domain/visit/sums";
import {
  inUnit,
  isTouched,
  lacks,
  noteOf,
  payloadOf,
  picturesOf,
  sumsOf,
  takenUp,
  unreadable,
  withMet,
} from "../../../../static/phone/domain/visit/visit-form";
import * as generated from "../../../../static/shared/server/generated";
import { entry as made } from "../../support/made";

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
    expect(unreadable({ ...FULL, lost: [row], met: false })).toEqual([]); // nobody sees it
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

  it("is what is shown: of somebody who was not met no sum, nothing done, no steps and no signature", () => {
    for (const result of ["not_met", "wrong_address"] as const) {
      const payload = payloadOf({ ...FULL, met: false, result, tried: ["knocked"] }, { steps: [{}], photos: PHOTOS });
      expect(Object.keys(payload).sort()).toEqual(
        ["disposition", "follow_up_on", "met", "needs", "note", "photos", "tried"].sort(),
      );
      expect(payload["photos"]).toEqual(PHOTOS.slice(0, 1));
      expect(picturesOf({ ...FULL, met: false })).toEqual(["p1"]);
    }
  });

  it("has sums of its own where somebody was spoken to by telephone alone", () => {
    const kept = [{ ...emptyAmount("wan"), text: "3", proof: "said" as const }];
    const form = { ...FULL, met: false, result: "by_phone_only" as const, byPhone: { kept, lost: [] } };
    expect(payloadOf({ ...FULL, met: false, result: "by_phone_only" })["amounts"]).toBeUndefined();
    expect(payloadOf(form)["amounts"]).toEqual([
      { meaning: "protected", evidence: "said", kind: "money", quantity: "30000" },
    ]);
    expect(payloadOf({ ...form, result: "not_met" })["amounts"]).toBeUndefined();
    expect(payloadOf({ ...form, met: true, result: "dissuaded" })["amounts"]).toEqual(payloadOf(FULL)["amounts"]);
    expect(sumsOf(formOf(payloadOf(form)))).toEqual(sumsOf(form));
  });

  it("leaves out a time in which no money can have moved, and a sum of nothing", () => {
    const odd = { ...emptyAmount("wan"), text: "1", at: "0020-11-20T15:02" };
    const payload = payloadOf({ ...FULL, kept: [{ ...emptyAmount(), text: "0" }], lost: [odd] });
    expect(payload["amounts"]).toEqual([{ meaning: "lost", evidence: "said", kind: "money", quantity: "10000" }]);
    expect(["2026-11-20T15:02", "12026-11-20T15:02", "2026-11", ""].map(isMoment)).toEqual([true, false, false, false]);
  });

  it("keeps a note of five thousand letters whole, and one that is longer to its last whole letter", () => {
    const note = "字".repeat(5000);
    expect(payloadOf({ ...FULL, note })["note"]).toBe(note);
    const long = `${"字".repeat(generated.LIMITS.note - 1)}👨‍👩‍👧字`;
    expect(payloadOf({ ...FULL, note: long })["note"]).toBe("字".repeat(generated.LIMITS.note - 1));
    const said = noteOf({ ...FULL, note: long }, "数额：“两三万”");
    expect([said.length, said.endsWith("\n数额：“两三万”")]).toEqual([generated.LIMITS.note, true]);
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

describe("a sum that the case knows", () => {
  const about = { amount_at_risk: "200000.00", already_transferred: "10000.00" };

  it("is offered where it belongs", () => {
    const [risk, sent] = [
      { from: "risk", yuan: 200_000 },
      { from: "sent", yuan: 10_000 },
    ];
    expect(knownSums(about, false)).toEqual({ kept: [risk], lost: [sent] });
    expect(knownSums(about, true)).toEqual({ kept: [], lost: [sent, risk] });
    expect(knownSums({ amount_at_risk: "0.00", already_transferred: "0" }, false)).toEqual({ kept: [], lost: [] });
  });

  it("is tapped and taken back, and makes room for no typed one", () => {
    const sum = { from: "risk" as const, yuan: 200_000 };
    const typed = { ...emptyAmount("wan"), text: "5" };
    const tapped = toggledKnown([emptyAmount("wan"), typed], sum);
    expect(tapped.map(({ text, known }) => [text, known])).toEqual([
      ["200000", "risk"],
      ["5", undefined],
    ]);
    expect(toggledKnown(tapped, sum)).toEqual([typed]);
  });

  it("is not looked for in sums that are not shown: what was typed there stays", () => {
    const typed = { kept: [{ ...emptyAmount("wan"), text: "5" }], lost: [] };
    const form: VisitForm = { ...emptyForm(), met: false, result: null, byPhone: typed };
    expect(takenUp(form, about)).toEqual(form);
  });

  it("comes back tapped from a record that was taken back", () => {
    const form = takenUp(formOf(payloadOf(FULL)), about);
    expect([...form.kept, ...form.lost].map(({ known }) => known)).toEqual(["risk", undefined, "sent"]);
    expect(payloadOf(form)["amounts"]).toEqual(payloadOf(FULL)["amounts"]);
    expect(takenUp(form, about)).toEqual(form);
  });
});

describe("a record to correct", () => {
  const entry = (over: Partial<Entry>): Entry => {
    const payload = payloadOf(FULL, { photos: PHOTOS });
    return made(1, { uuid: "v1", kind: "visit", assignment: "a1", label: "赵某", payload, state: "answered", ...over });
  };
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
