// Which script version a visit uses: chosen once for each audience and language, and the same until its end.
import type { Audience } from "../../../shared/server/schemas";
import type { Language } from "../../../shared/words/say";
import { pin, pinned, type Script, scriptFor, scripts } from "./scripts";

/** The key of one choice; the first of a visit is also kept under the visit's own id, and the record names that one. */
function nameOf(assignment: string, audience: Audience, spoken: Language): string {
  return `${assignment}/${audience}/${spoken}`;
}

/**
 * The script for a visit, pinned from now on; null where none is on this phone. A disk that fails pins nothing: words for
 * the door matter more.
 */
export async function scriptOfVisit(
  assignment: string,
  scam: string,
  audience: Audience,
  spoken: Language,
): Promise<Script | null> {
  const name = nameOf(assignment, audience, spoken);
  const held = await pinned(name).catch(() => null);
  const kept = scripts.value.find((script) => script.sha256 === held);
  if (kept) return kept;
  const found = scriptFor(scam, audience, spoken) ?? scriptFor(scam, audience, spoken === "en" ? "zh-hans" : "en");
  if (!found) return null;
  await Promise.all([pin(assignment, found.sha256), pin(name, found.sha256)]).catch(() => undefined);
  return found;
}

/** Whether there is a script for the family of this scam type, in any language. */
export function hasFamily(scam: string): boolean {
  return scripts.value.some((script) => script.scam_type === scam && script.audience === "family");
}

/** A script by its hash. */
export function scriptBy(sha256: string): Script | null {
  return scripts.value.find((script) => script.sha256 === sha256) ?? null;
}
