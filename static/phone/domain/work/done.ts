// What this officer ended today: the server's list, and this phone's own records that it does not have yet.
import type { Entry } from "../outbox/entry";
import type { WorkDocument } from "./work";

type Ended = WorkDocument["done_today"][number];

export interface Done {
  assignment: string;
  label: string; // masked name
  scam: string;
  status: Ended["status"];
  disposition: string | null;
  at: string;
  waiting: boolean; // only on this phone
  mine: boolean; // there is a record of one's own, which can be corrected
}

/** Ended today, newest first; `day` and `dayOf` are the city's. */
export function doneToday(
  listed: readonly Ended[],
  entries: readonly Entry[],
  day: string,
  dayOf: (at: number | string) => string,
): Done[] {
  const known = new Set(listed.map((row) => row.id));
  const own = new Map<string, Done>();
  for (const entry of entries) {
    const at = new Date(Date.parse(entry.happened_at) + entry.clock_offset_ms).toISOString();
    if (entry.kind !== "visit" || entry.assignment === null || known.has(entry.assignment)) continue;
    if (entry.receipt?.verdict === "refused" || dayOf(at) !== day) continue;
    const said = entry.payload["disposition"];
    own.set(entry.assignment, {
      assignment: entry.assignment,
      label: entry.label,
      scam: "",
      status: "cleared",
      disposition: typeof said === "string" ? said : null,
      at,
      waiting: entry.state === "waiting",
      mine: true,
    });
  }
  const theirs = listed.map(
    (row): Done => ({
      assignment: row.id,
      label: row.short_name,
      scam: row.scam_name,
      status: row.status,
      disposition: row.disposition,
      at: row.ended_at,
      waiting: false,
      mine: row.visit !== null,
    }),
  );
  return [...own.values(), ...theirs].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** Whether this officer has recorded the visit of an assignment themselves: here, or by what the server lists of today. */
export function isRecorded(assignment: string, listed: readonly Ended[], entries: readonly Entry[]): boolean {
  const here = entries.some(
    (entry) => entry.kind === "visit" && entry.assignment === assignment && entry.receipt?.verdict !== "refused",
  );
  return here || listed.some((row) => row.id === assignment && row.status === "cleared" && row.visit !== null);
}

/** The record that can still be taken back, if there is one; `now` by the phone's clock. */
export function undoable(entries: readonly Entry[], now: number): Entry | null {
  const held = entries.filter((entry) => entry.kind === "visit" && entry.state === "waiting" && entry.not_before > now);
  return held[held.length - 1] ?? null;
}
