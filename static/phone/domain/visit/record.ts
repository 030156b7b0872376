// A record as it is filled in, the choices that it offers, and how one that was sent becomes a form again.
import { ordered } from "../../../shared/lib/ordered";
import {
  AMOUNT_EVIDENCE,
  AMOUNT_KINDS,
  type AmountEvidence,
  type AmountKind,
  DISPOSITIONS,
  type DispositionCode,
  DONE,
  type DoneCode,
  NEEDS,
  type NeedsCode,
  TRIED,
  type TriedCode,
} from "../../../shared/server/generated";
import type { Schemas } from "../../../shared/server/schemas";
import { type Unit, writeSum, written } from "../amount/write";

const RESULTS = Object.keys(DISPOSITIONS) as DispositionCode[];
const results = (met: boolean): DispositionCode[] => RESULTS.filter((code) => DISPOSITIONS[code].met === met);

export const MET_RESULTS = ordered(results(true), ["dissuaded", "wavering", "refused", "no_fraud", "money_gone"]);
export const NOT_MET_RESULTS = ordered(results(false), ["not_met", "wrong_address", "by_phone_only"]);
export const TRIED_CHOICES = ordered(TRIED, ["knocked", "phoned", "asked_neighbours", "asked_family", "left_note"]);
export const DONE_CHOICES = ordered(DONE, ["app_removed", "screen_sharing_off", "family_informed", "caller_blocked"]);
/** How well a sum is proven, the best first; the server's words for A, B, C, D. */
export const PROOFS = ordered(AMOUNT_EVIDENCE, ["bank", "seen", "family", "said"]);

/** Where a sum comes from that nobody has to type: what was about to be sent, and what had been sent before. */
export type Source = "risk" | "sent";

/** Something of value as it was typed: the text is kept even where it can't be read as a sum. */
export interface AmountRow {
  kind: AmountKind;
  text: string;
  unit: Unit;
  proof: AmountEvidence | null; // null counts as told: the weakest
  at: string; // city time as a date-time field gives it, 2026-11-20T15:02, or empty
  to: string;
  known?: Source; // tapped: a sum that the case knows, with no field of its own
}

export interface Sums {
  kept: AmountRow[];
  lost: AmountRow[];
}

export type Meaning = keyof Sums;

export interface VisitForm {
  met: boolean | null;
  result: DispositionCode | null;
  tried: TriedCode[];
  kept: AmountRow[];
  lost: AmountRow[];
  byPhone?: Sums; // what was kept and lost by the word of somebody who was only spoken to on the telephone
  done: DoneCode[];
  needs: NeedsCode[];
  followUp: string; // 2026-11-21, or empty
  note: string;
  photos: string[]; // uuids of photos on this phone
  signature: string; // uuid, or empty
}

export type ListedPhoto = Schemas["Photo"];

/** The key under which the form of an assignment's record is kept. */
export function visitKey(assignment: string): string {
  return `visit:${assignment}`;
}

export function emptyAmount(unit: Unit = "yuan"): AmountRow {
  return { kind: "money", text: "", unit, proof: null, at: "", to: "" };
}

export function emptyForm(): VisitForm {
  return {
    met: null,
    result: null,
    tried: [],
    kept: [],
    lost: [],
    done: [],
    needs: [],
    followUp: "",
    note: "",
    photos: [],
    signature: "",
  };
}

/** The form with other sums where it shows them. */
export function withSums(form: VisitForm, sums: Sums): VisitForm {
  return form.met === false ? { ...form, byPhone: sums } : { ...form, ...sums };
}

/** The form that a payload came from; what it does not say stays empty. Never throws. */
export function formOf(payload: Record<string, unknown>): VisitForm {
  const list = (name: string): unknown[] => (Array.isArray(payload[name]) ? (payload[name] as unknown[]) : []);
  const among = <T extends string>(name: string, known: readonly T[]): T[] =>
    known.filter((code) => list(name).includes(code));
  const amounts = list("amounts") as Record<string, unknown>[];
  const photos = list("photos") as ListedPhoto[];
  const rows = (meaning: string): AmountRow[] => amounts.filter((one) => one["meaning"] === meaning).map(rowOf);
  const form: VisitForm = {
    ...emptyForm(),
    met: typeof payload["met"] === "boolean" ? payload["met"] : null,
    result: RESULTS.find((code) => code === payload["disposition"]) ?? null,
    tried: among("tried", TRIED_CHOICES),
    done: among("done", DONE_CHOICES),
    needs: among("needs", NEEDS),
    followUp: String(payload["follow_up_on"] ?? ""),
    note: String(payload["note"] ?? ""),
    photos: photos.filter((photo) => photo.kind !== "signature").map((photo) => photo.uuid),
    signature: photos.find((photo) => photo.kind === "signature")?.uuid ?? "",
  };
  return amounts.length > 0 ? withSums(form, { kept: rows("protected"), lost: rows("lost") }) : form;
}

/** A sent amount as a row again. */
export function rowOf(amount: Record<string, unknown>): AmountRow {
  const kind = AMOUNT_KINDS.find((known) => known === amount["kind"]) ?? "money";
  const sum = Number(amount["quantity"] ?? 0);
  return {
    kind,
    ...(kind === "gold" ? { text: writeSum(sum, "g"), unit: "g" as const } : written(sum, true)),
    proof: PROOFS.find((known) => known === amount["evidence"]) ?? null,
    at: cityTime(amount["happened_at"]),
    to: String(amount["to"] ?? ""),
  };
}

const CITY_AHEAD_MS = 8 * 3600_000;

function cityTime(at: unknown): string {
  const moment = typeof at === "string" ? Date.parse(at) : Number.NaN;
  return Number.isNaN(moment) ? "" : new Date(moment + CITY_AHEAD_MS).toISOString().slice(0, 16);
}
