// A correction as it is being made, and where the record stands that it corrects.
import { tidy } from "../../../shared/lib/text";
import { type DispositionCode, LIMITS } from "../../../shared/server/generated";
import type { Entry } from "../outbox/entry";
import type { WorkDocument } from "../work/work";
import { type Reasoned, reasonsText } from "./reasons";
import { emptyForm, formOf, MET_RESULTS, NOT_MET_RESULTS, type VisitForm } from "./record";
import { lacks } from "./visit-form";

export const REASONS = ["sum", "result", "learned", "person"] as const;
export type ReasonCode = (typeof REASONS)[number];

export interface Correction extends Reasoned<ReasonCode> {
  record: VisitForm;
}

/** A record that can be corrected; its form holds what is still known of it on this phone. */
export interface Known {
  visit: string;
  assignment: string;
  label: string;
  form: VisitForm;
  prefilled: boolean;
}

type Done = WorkDocument["done_today"][number];

/** The record that `id` names (itself or its assignment) among the outbox and what was done today, or null. */
export function knownRecord(id: string, entries: readonly Entry[], done: readonly Done[]): Known | null {
  const ended = done.find((one) => one.visit !== null && (one.id === id || one.visit === id));
  const name = ended?.visit ?? id;
  const entry = [...entries]
    .reverse()
    .find((one) => one.kind === "visit" && (one.uuid === name || one.assignment === id));
  const visit = ended?.visit ?? entry?.uuid;
  const assignment = ended?.id ?? entry?.assignment;
  if (!visit || !assignment) return null;
  const payload = latest(visit, entries) ?? entry?.payload ?? {};
  const prefilled = Object.keys(payload).length > 0;
  const form = prefilled ? correctable(payload) : fromResult(ended?.disposition ?? null);
  return { visit, assignment, label: ended?.short_name ?? entry?.label ?? "", form, prefilled };
}

/** A record as the form of its correction: photos and signature stay with it, the new one lists only what is added. */
export function correctable(payload: Record<string, unknown>): VisitForm {
  return { ...formOf(payload), photos: [], signature: "" };
}

/** What an earlier correction of the same record said, while it is still on the phone. */
function latest(visit: string, entries: readonly Entry[]): Record<string, unknown> | null {
  const corrections = entries.filter((one) => one.kind === "correction" && one.payload["corrects"] === visit);
  return (corrections[corrections.length - 1]?.payload["record"] as Record<string, unknown> | undefined) ?? null;
}

function fromResult(disposition: string | null): VisitForm {
  const results: readonly DispositionCode[] = [...MET_RESULTS, ...NOT_MET_RESULTS];
  const result = results.find((code) => code === disposition) ?? null;
  const met = result === null ? null : (MET_RESULTS as readonly string[]).includes(result);
  return { ...emptyForm(), met, result };
}

export function emptyCorrection(record: VisitForm): Correction {
  return { reasons: [], words: "", record };
}

/** A correction that says why has been begun. */
export function isTouchedCorrection(form: Correction): boolean {
  return form.reasons.length > 0 || form.words.trim() !== "";
}

/** What is still asked for: the reason, met and the result. */
export function lacksIn(form: Correction): "reason" | "met" | "result" | null {
  return isTouchedCorrection(form) ? lacks(form.record) : "reason";
}

/** The reason as one text in the officer's words. */
export function reasonText(form: Correction, word: (code: ReasonCode) => string): string {
  return tidy(reasonsText(form, word), LIMITS.reason);
}
