// All published scripts are on the phone before they are needed: fetched by hash, kept while something names them.
import { signal } from "@preact/signals";
import { ask, NetError } from "../../../shared/server/net";
import type { Audience, Schemas } from "../../../shared/server/schemas";
import type { Language } from "../../../shared/words/say";
import type { WorkDocument } from "../../domain/work/work";
import { disk, drafts, isHeld, isOpen, work } from "../disk/store";
import type { Disk, KeptScript, Op } from "../disk/tables";

export type Script = Schemas["ScriptDocument"];
export type ScriptStep = Schemas["ScriptStep"];
export type Objection = Schemas["ScriptObjection"];
export type ShowCard = Schemas["ScriptCard"];

export const scripts = signal<readonly Script[]>([]);
export const scriptsMissing = signal(0);

export async function readScripts(): Promise<void> {
  scripts.value = (await disk().all<KeptScript>("scripts")).map((kept) => kept.content as Script);
}

let fetching = false;
let next: WorkDocument["scripts"] | null = null;

/** Fetch what is named and not held; one go at a time, and the last word counts. */
export async function fetchScripts(named: WorkDocument["scripts"]): Promise<void> {
  next = named;
  if (fetching) return;
  fetching = true;
  try {
    for (let wanted = take(); wanted !== null && isOpen(); wanted = take()) await bringUpToDate(wanted);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // no room, or signed out: the next worklist asks again
  } finally {
    fetching = false;
  }
}

function take(): WorkDocument["scripts"] | null {
  const taken = next;
  next = null;
  return taken;
}

/** Fetch what is missing, and drop what is no longer named, unless a visit that is open began with it. */
async function bringUpToDate(named: WorkDocument["scripts"]): Promise<void> {
  const mine = disk();
  const wanted = new Set(named.map((script) => script.sha256));
  const held = new Set((await mine.all<KeptScript>("scripts")).map((script) => script.sha256));
  const missing = [...wanted].filter((sha256) => !held.has(sha256));
  const { ops, inUse } = await prunedPins(mine);
  for (const key of held) if (!wanted.has(key) && !inUse.has(key)) ops.push({ drop: "scripts", key });
  let came = 0;
  for (const sha256 of missing) {
    const content = await fetchOne(sha256);
    if (!isHeld(mine)) return;
    if (!content) continue;
    came += 1;
    ops.push({ put: "scripts", value: { sha256, content } });
  }
  if (!isHeld(mine)) return;
  scriptsMissing.value = missing.length - came;
  if (ops.length === 0) return;
  await mine.write(ops);
  if (isHeld(mine)) await readScripts();
}

/** The pins of visits that are still open or whose form is still being filled in; the others go. */
async function prunedPins(mine: Disk): Promise<{ ops: Op[]; inUse: Set<string> }> {
  const all = (await mine.get<Record<string, string>>("meta", PINS)) ?? {};
  const open = new Set((work.value?.assignments ?? []).map((assignment) => assignment.id));
  for (const draft of drafts.value) open.add(draft.assignment);
  const kept = Object.entries(all).filter(([assignment]) => open.has(assignment));
  const ops: Op[] = [];
  if (kept.length < Object.keys(all).length) ops.push({ put: "meta", key: PINS, value: Object.fromEntries(kept) });
  return { ops, inUse: new Set(kept.map(([, sha256]) => sha256)) };
}

async function fetchOne(sha256: string): Promise<Script | null> {
  try {
    return (await ask(`/api/v1/scripts/${sha256}`)).data;
  } catch (error) {
    if (error instanceof NetError) return null; // the next worklist asks again
    throw error;
  }
}

/** The script for a scam type in a language: its own, or the general one. */
export function scriptFor(scam: string, audience: Audience, spoken: Language): Script | null {
  const fits = scripts.value.filter((script) => script.language === spoken);
  const own = fits.find((script) => script.scam_type === scam && script.audience === audience);
  return own ?? fits.find((script) => script.scam_type === "other" && script.audience === "resident") ?? null;
}

const PINS = "pinned_scripts";

/** The version that a visit began with; it stays the same for that visit whatever is published meanwhile. */
export async function pinned(assignment: string): Promise<string | null> {
  return (await disk().get<Record<string, string>>("meta", PINS))?.[assignment] ?? null;
}

export async function pin(assignment: string, sha256: string): Promise<void> {
  await disk().changeMeta<Record<string, string>>(PINS, (all = {}) =>
    all[assignment] ? all : { ...all, [assignment]: sha256 },
  );
}
