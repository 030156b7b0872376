// The worklist document as the server sends it (types made from its schema).
import type { Schemas } from "../../../shared/server/schemas";

export type WorkDocument = Schemas["WorkDocument"];
export type Assignment = Schemas["WorkAssignment"];
export type Status = Assignment["status"];
export type Receipt = Schemas["Receipt"];

/** What names a state of the worklist: the ETag without its quotes, and `?have=` of the socket. */
export function tagOf(document: WorkDocument): string {
  return `${document.epoch}.${document.person.id.replace(/-/g, "").slice(-8)}.${document.version}`;
}

/** Whether `next` may take the place of `held`: another history always, an older state of the same one never. */
export function replaces(held: WorkDocument | null, next: WorkDocument): boolean {
  if (held === null || held.epoch !== next.epoch || held.person.id !== next.person.id) return true;
  return next.version >= held.version;
}
