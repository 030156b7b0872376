// The form of a visit: what is entered, what of it is sent, and how a sent record becomes a form again.
import { ordered } from "../../../shared/lib/ordered";
import {
  AMOUNT_EVIDENCE,
  AMOUNT_KINDS,
  type AmountEvidence,
  type AmountKind,
  type AmountMeaning,
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
import { convert, readSum, type Unit, writeSum } from "./amount";

const RESULTS = Object.keys(DISPOSITIONS) as DispositionCode[];
const results = (met: boolean): DispositionCode[] => RESULTS.filter((code) => DISPOSITIONS[code].met === met);

export const MET_RESULTS = ordered(results(true), ["dissuaded", "wavering", "refused", "no_fraud", "money_gone"]);
export const NOT_MET_RESULTS = ordered(results(false), ["not_met", "wrong_address", "by_phone_only"]);
export const TRIED_CHOICES = ordered(TRIED, ["knocked", "phoned", "asked_neighbours", "asked_family", "left_note"]);
export const DONE_CHOICES = ordered(DONE, ["app_removed", "screen_sharing_off", "family_informed", "caller_blocked"]);
/** How well a sum is proven, the best first; the server's words for A, B, C, D. */
export const PROOFS = ordered(AMOUNT_EVIDENCE, ["bank", "seen", "family", "said"]);

/** Something of value as it was typed: the text is kept even where it can't be read as a sum. */
export interface AmountRow {
  kind: AmountKind;
  text: string;
  unit: Unit;
  proof: AmountEvidence | null; // null counts as told: the weakest
  at: string; // city time as a date-time field gives it, 2026-11-20T15:02, or empty
  to: string;
}

export interface VisitForm {
  met: boolean | null;
  result: DispositionCode | null;
  tried: TriedCode[];
  kept: AmountRow[];
  lost: AmountRow[];
  done: DoneCode[];
  needs: NeedsCode[];
  followUp: string; // 2026-11-21, or empty
  note: string;
  photos: string[]; // uuids of photos on this phone
  signature: string; // uuid, or empty
}

export type ListedPhoto = Schemas["Photo"];

/** What the record says beside the form: the script that was used, and the photos that go with it. */
export interface Extra {
  script?: string | null;
  steps?: readonly unknown[];
  photos?: readonly ListedPhoto[];
}

/** The key under which the form of an assignment's record is kept. */
export function visitKey(assignment: string): string {
  return `visit:${assignment}`;
}

/** A form that shows these pictures as well. */
export function withPictures(form: VisitForm, pictures: readonly ListedPhoto[]): VisitForm {
  const signed = pictures.find((picture) => picture.kind === "signature")?.uuid ?? "";
  const photos = pictures.filter((picture) => picture.kind === "photo").map((picture) => picture.uuid);
  return { ...form, photos: [...form.photos, ...photos], signature: form.signature || signed };
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

/** Whether anybody has entered anything. */
export function isTouched(form: VisitForm): boolean {
  const typed = [...form.kept, ...form.lost].some((row) => row.text.trim() || row.to.trim() || row.at);
  const tapped = form.tried.length + form.done.length + form.needs.length + form.photos.length > 0;
  return form.met !== null || tapped || typed || [form.followUp, form.note.trim(), form.signature].some(Boolean);
}

/** What is still asked for: only met and the result, ever. */
export function lacks(form: VisitForm): "met" | "result" | null {
  if (form.met === null) return "met";
  return form.result === null ? "result" : null;
}

/** The form with another answer to "met?": a result that no longer fits is taken back, nothing else. */
export function withMet(form: VisitForm, met: boolean): VisitForm {
  const fits: readonly string[] = met ? MET_RESULTS : NOT_MET_RESULTS;
  return { ...form, met, result: form.result !== null && fits.includes(form.result) ? form.result : null };
}

/** The same list with a value put in, or taken out. */
export function toggled<T>(list: readonly T[], value: T): T[] {
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
}

/** Sums that were typed and can't be read: they go into the note, so that nothing is lost. */
export function unreadable(form: VisitForm): AmountRow[] {
  return [...form.kept, ...form.lost].filter((row) => row.text.trim() !== "" && readSum(row.text, row.unit) === null);
}

/** The form with money in another unit, where another language is spoken now. */
export function inUnit(form: VisitForm, unit: "wan" | "yuan"): VisitForm {
  const turn = (row: AmountRow): AmountRow =>
    row.unit === "g" || row.unit === unit ? row : { ...row, text: convert(row.text, row.unit, unit), unit };
  return { ...form, kept: form.kept.map(turn), lost: form.lost.map(turn) };
}

function amountOf(row: AmountRow, meaning: AmountMeaning): Record<string, unknown>[] {
  const sum = readSum(row.text, row.unit);
  if (sum === null) return [];
  const amount: Record<string, unknown> = {
    meaning,
    evidence: row.proof ?? "said",
    kind: row.kind,
    quantity: sum.toFixed(3).replace(/\.?0+$/, ""),
  };
  if (row.at) amount["happened_at"] = `${row.at.slice(0, 16)}:00+08:00`; // deadlines and clocks are the city's
  if (row.to.trim()) amount["to"] = row.to.trim();
  return [amount];
}

/** What is sent of a form that lacks nothing. */
export function payloadOf(form: VisitForm, extra: Extra = {}): Record<string, unknown> {
  const payload: Record<string, unknown> = { met: form.met === true, disposition: form.result ?? "not_met" };
  const amounts = [
    ...form.kept.flatMap((row) => amountOf(row, "protected")),
    ...form.lost.flatMap((row) => amountOf(row, "lost")),
  ];
  const lists = {
    tried: form.met ? [] : form.tried,
    done: form.met ? form.done : [],
    needs: form.needs,
    amounts,
    steps: extra.steps ?? [],
    photos: (extra.photos ?? []).map(({ uuid, sha256, bytes, kind }) => ({ uuid, sha256, bytes, kind })),
  };
  for (const [name, list] of Object.entries(lists)) if (list.length > 0) payload[name] = list;
  if (form.followUp) payload["follow_up_on"] = form.followUp;
  if (form.note.trim()) payload["note"] = form.note.trim();
  if (extra.script) payload["script"] = extra.script;
  return payload;
}

/** The form that a payload came from; what it does not say stays empty. Never throws. */
export function formOf(payload: Record<string, unknown>): VisitForm {
  const list = (name: string): unknown[] => (Array.isArray(payload[name]) ? (payload[name] as unknown[]) : []);
  const among = <T extends string>(name: string, known: readonly T[]): T[] =>
    known.filter((code) => list(name).includes(code));
  const amounts = list("amounts") as Record<string, unknown>[];
  const photos = list("photos") as ListedPhoto[];
  return {
    ...emptyForm(),
    met: typeof payload["met"] === "boolean" ? payload["met"] : null,
    result: RESULTS.find((code) => code === payload["disposition"]) ?? null,
    tried: among("tried", TRIED_CHOICES),
    done: among("done", DONE_CHOICES),
    needs: among("needs", NEEDS),
    kept: amounts.filter((amount) => amount["meaning"] === "protected").map(rowOf),
    lost: amounts.filter((amount) => amount["meaning"] === "lost").map(rowOf),
    followUp: String(payload["follow_up_on"] ?? ""),
    note: String(payload["note"] ?? ""),
    photos: photos.filter((photo) => photo.kind !== "signature").map((photo) => photo.uuid),
    signature: photos.find((photo) => photo.kind === "signature")?.uuid ?? "",
  };
}

function rowOf(amount: Record<string, unknown>): AmountRow {
  const kind = AMOUNT_KINDS.find((known) => known === amount["kind"]) ?? "money";
  const sum = Number(amount["quantity"] ?? 0);
  const unit = unitOf(kind, sum);
  return {
    kind,
    unit,
    text: writeSum(sum, unit),
    proof: PROOFS.find((known) => known === amount["evidence"]) ?? null,
    at: cityTime(amount["happened_at"]),
    to: String(amount["to"] ?? ""),
  };
}

/** Round sums come back in 万, as they are said; a screen that speaks English turns them into yuan. */
function unitOf(kind: AmountKind, sum: number): Unit {
  if (kind === "gold") return "g";
  return sum >= 10_000 && sum % 100 === 0 ? "wan" : "yuan";
}

const CITY_AHEAD_MS = 8 * 3600_000;

function cityTime(at: unknown): string {
  const moment = typeof at === "string" ? Date.parse(at) : NaN;
  return Number.isNaN(moment) ? "" : new Date(moment + CITY_AHEAD_MS).toISOString().slice(0, 16);
}
