// How a talk went, recorded without questions: seconds for each step, objections and whether the answer helped.
import { effect } from "@preact/signals";
import type { Schemas } from "../../../shared/server/schemas";
import { disk, drafts, isOpen, strays, work } from "../disk/store";

export type StepTime = Schemas["Step"] & { seconds: number };

interface Talk {
  at: number; // the page that stands open: -1 what to know before, then the steps
  family: boolean;
  steps: StepTime[];
}

const KEY = "talks";
const MOST_STEPS = 100; // what the server takes with a visit
const LONGEST_S = 3600;

type Talks = Record<string, Talk>;
const NONE: Talks = {};
const fresh = (): Talk => ({ at: -1, family: false, steps: [] });

/** Several notes at once don't lose one another: each is one transaction. A full disk must not stop a talk. */
async function change(make: (talks: Talks) => Talks): Promise<void> {
  if (!isOpen()) return;
  const next = (held: Talks | undefined): Talks | undefined => {
    const talks = held ?? NONE;
    const made = make(talks);
    return made === talks ? held : made;
  };
  await disk()
    .changeMeta<Talks>(KEY, next)
    .catch(() => undefined);
}

function changeTalk(assignment: string, make: (talk: Talk) => Talk): Promise<void> {
  return change((talks) => ({ ...talks, [assignment]: make(talks[assignment] ?? fresh()) }));
}

async function read(): Promise<Talks> {
  return (await disk().get<Talks>("meta", KEY)) ?? NONE;
}

/** What was kept of the talk of a visit, as the record sends it. */
export async function stepsOf(assignment: string): Promise<StepTime[]> {
  return (await read())[assignment]?.steps ?? [];
}

/** Where the talk of a visit stood; at its beginning where that can't be read, for the words must stand at a door. */
export async function talkOf(assignment: string): Promise<{ at: number; family: boolean }> {
  const talks = await read().catch(() => NONE);
  return talks[assignment] ?? fresh();
}

export function notePlace(assignment: string, at: number, family: boolean): Promise<void> {
  return changeTalk(assignment, (talk) => ({ ...talk, at, family }));
}

/** Add seconds to a step, or to an objection within it; the last word on whether it helped stands. */
export function noteStep(assignment: string, step: StepTime): Promise<void> {
  return changeTalk(assignment, (talk) => ({ ...talk, steps: added(talk.steps, step) }));
}

/** The steps with one more note: what is there already grows, and no more than the server takes are kept. */
export function added(steps: readonly StepTime[], step: StepTime): StepTime[] {
  const same = (one: StepTime): boolean => one.key === step.key && one.objection === step.objection;
  const held = steps.find(same);
  const seconds = Math.min(LONGEST_S, Math.round((held?.seconds ?? 0) + step.seconds));
  const next: StepTime = { ...held, ...step, seconds };
  if (held) return steps.map((one) => (same(one) ? next : one));
  return steps.length < MOST_STEPS ? [...steps, next] : [...steps];
}

/** What belongs to visits that are no longer this phone's is forgotten with them. */
function forget(open: ReadonlySet<string>): Promise<void> {
  return change((talks) => {
    const left = Object.entries(talks).filter(([id]) => open.has(id));
    return left.length === Object.keys(talks).length ? talks : Object.fromEntries(left);
  });
}

effect(() => {
  if (!work.value) return;
  const written = [...strays.value, ...drafts.value].map((draft) => draft.assignment);
  const open = new Set([...work.value.assignments.map((assignment) => assignment.id), ...written]);
  void forget(open);
});
