// What the officer sees of an assignment: the server's document with what this phone did since laid over it.
import { type Clock, FORWARD, OPEN_STATUSES } from "../../../shared/server/generated";
import type { Entry } from "../outbox/entry";
import { running } from "./clocks";
import type { Assignment, Status } from "./work";

const AHEAD: readonly string[] = FORWARD;
const OPEN: readonly string[] = OPEN_STATUSES;
const REACHES: Partial<Record<Entry["kind"], Status | "cleared" | "declined">> = {
  acknowledge: "acknowledged",
  depart: "en_route",
  arrive: "on_scene",
  visit: "cleared",
  decline: "declined",
};

type Reached = Status | "cleared" | "declined";
/** In the order in which they stand. */
export const GROUPS = ["now", "today", "follow_up", "later"] as const;
export type Group = (typeof GROUPS)[number];

/** An assignment as it stands for the officer; `pending` counts what the server has not answered yet. */
export interface View {
  assignment: Assignment;
  status: Reached;
  acknowledgedAt: string | null;
  contactedAt: string | null; // spoken to by telephone
  rangAt: string | null; // rung in vain, the last time
  departedAt: string | null;
  arrivedAt: string | null;
  shown: boolean;
  pending: number;
  group: Group;
  due: Due | null;
}

/** The next clock that runs: what it counts to, and from when, in milliseconds since 1970 by the server's clock. */
export interface Due {
  what: Clock;
  by: number;
  from: number;
}

/** Lay the phone's own acts over one assignment; a refused one does not count. */
export function overlay(assignment: Assignment, entries: readonly Entry[], today: string, dayOf: DayOf): View {
  const view: View = {
    assignment,
    status: assignment.status,
    acknowledgedAt: assignment.acknowledged_at,
    contactedAt: assignment.contacted_at,
    rangAt: null,
    departedAt: assignment.departed_at,
    arrivedAt: assignment.arrived_at,
    shown: false,
    pending: 0,
    group: "today",
    due: null,
  };
  for (const entry of entries) {
    if (entry.assignment !== assignment.id || entry.receipt?.verdict === "refused") continue;
    if (entry.state === "waiting") view.pending += 1;
    apply(view, entry);
  }
  view.due = dueOf(view);
  view.group = groupOf(view, today, dayOf);
  return view;
}

function apply(view: View, entry: Entry): void {
  if (entry.kind === "receipt") view.shown = true;
  const at = new Date(Date.parse(entry.happened_at) + entry.clock_offset_ms).toISOString();
  if (entry.kind === "acknowledge") view.acknowledgedAt ??= at;
  if (entry.kind === "contact" && entry.payload.reached === true) view.contactedAt ??= at;
  if (entry.kind === "contact" && entry.payload.reached === false) view.rangAt = at;
  if (entry.kind === "depart") view.departedAt ??= at;
  if (entry.kind === "arrive") view.arrivedAt ??= at;
  const reached = REACHES[entry.kind];
  if (reached === "declined" && !stands(entry)) return;
  if (reached === "declined") view.status = "declined";
  else if (reached && AHEAD.indexOf(reached) > AHEAD.indexOf(view.status)) view.status = reached;
}

/** Whether a "no" took effect as far as this phone knows: one that the server only keeps must not hide the case. */
function stands(entry: Entry): boolean {
  return entry.state === "waiting" || entry.receipt?.verdict !== "held";
}

function dueOf(view: View): Due | null {
  const { clocks, assigned_at } = view.assignment;
  const now = running({ ...view, callsFirst: callsFirst(view), clocks });
  if (now === null) return null;
  const began = now.what === "record" ? (view.arrivedAt ?? assigned_at) : assigned_at;
  return { what: now.what, by: Date.parse(now.by), from: Date.parse(began) };
}

type DayOf = (at: number | string) => string;

/** A high-risk visit must be made at once; another look at a case that was high risk need not. */
function hurries({ assignment }: View): boolean {
  return assignment.case.risk === "high" && assignment.purpose !== "follow_up";
}

/** Whether whoever is on the way must ring first. */
export function callsFirst(view: View): boolean {
  return hurries(view) && Boolean(view.assignment.resident.phone);
}

/** High risk, or on the way already: now. A second look: follow-up. A first visit by its day: today, or later. */
function groupOf(view: View, today: string, dayOf: DayOf): Group {
  if (hurries(view) || view.status === "en_route" || view.status === "on_scene") return "now";
  if (view.assignment.purpose === "follow_up") return "follow_up";
  return dayOf(view.assignment.clocks.arrive_by) > today ? "later" : "today";
}

/** All open assignments as they stand, the most urgent first. */
export function overlayAll(
  assignments: readonly Assignment[],
  entries: readonly Entry[],
  today: string,
  dayOf: DayOf,
): View[] {
  return assignments
    .map((assignment) => overlay(assignment, entries, today, dayOf))
    .filter((view) => OPEN.includes(view.status))
    .sort((a, b) => rank(a) - rank(b));
}

const GROUP_APART = 1e14; // milliseconds: more than any clock

function rank(view: View): number {
  return GROUPS.indexOf(view.group) * GROUP_APART + (view.due?.by ?? 0);
}

/** The assignments that must ring: high risk, given and not answered, and still in time to be answered. */
export function ringing(views: readonly View[], now: number): View | null {
  const rings = (view: View): boolean =>
    view.status === "assigned" && hurries(view) && now - (view.due?.by ?? 0) < 10 * 60_000;
  return views.find(rings) ?? null;
}

/** The one big next step of an assignment. */
export function nextStep(view: View): "acknowledge" | "depart" | "arrive" | "visit" {
  if (view.status === "assigned") return "acknowledge";
  if (view.status === "acknowledged") return "depart";
  return view.status === "en_route" ? "arrive" : "visit";
}
