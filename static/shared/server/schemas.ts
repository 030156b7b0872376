// Short names for the types of the API's schema: shapes and the codes in them.
import type { components } from "./api";

export type Schemas = components["schemas"];
export type Letter = Schemas["GradeEnum"]; // how well a check-in or a sum is proven
export type Verdict = Schemas["VerdictEnum"];
export type PhotoKind = Schemas["EvidenceKindEnum"];
export type Audience = Schemas["AudienceEnum"];
export type Worked = Schemas["WorkedEnum"];

/** All codes of a union, in the order in which they are written; the compiler misses one that is left out. */
function all<T extends string>(codes: Record<T, true>): readonly T[] {
  return Object.keys(codes) as T[];
}

export const LETTERS = all<Letter>({ A: true, B: true, C: true, D: true });
export const WORKED = all<Worked>({ yes: true, partly: true, no: true });
