// Finding an assignment by what an officer remembers of it: a name, a place, a kind of fraud, a number.
import { SCAM_TYPES } from "../../../shared/server/names";
import type { View } from "./view";

/** Letters as they are compared: full-width like half-width, large like small. */
function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase().trim();
}

/** Whether every word of `query` stands somewhere in `texts`; an empty query finds everything. */
export function matches(query: string, texts: readonly string[]): boolean {
  const hay = plain(texts.join("\n"));
  return plain(query)
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

/** A kind of fraud in both languages, whatever the phone speaks now. */
function scamWords(code: string, name: string): string[] {
  const known = (SCAM_TYPES as Record<string, { zh: string; en: string }>)[code];
  return known ? [name, known.zh, known.en] : [name];
}

/** The views in which every word of `query` is found, in their order; names also `asRead`. */
export function findViews(
  views: readonly View[],
  query: string,
  asRead: (name: string) => string = (name) => name,
): View[] {
  return views.filter(({ assignment: { case: about, place, resident } }) =>
    matches(query, [
      ...[resident.name, resident.short_name, ...place.divisions].flatMap((name) => [name, asRead(name)]),
      place.address ?? "",
      about.number,
      ...scamWords(about.scam_type, about.scam_name),
    ]),
  );
}
