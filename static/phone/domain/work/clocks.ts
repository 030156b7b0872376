// Which clock runs on an assignment, as the server judges it (dissuasion/rules/clocks.py): tests/vectors hold both to it.
import type { Clock } from "../../../shared/server/generated";

/** How far a lead has come, and the moments that were frozen when the assignment was made (ISO 8601). */
export interface Lead {
  status: string;
  callsFirst: boolean;
  contactedAt: string | null;
  arrivedAt: string | null;
  clocks: Readonly<Record<`${Clock}_by`, string>>;
}

/** What must have happened, and by when. */
export interface Running {
  what: Clock;
  by: string;
}

/** The clock that runs: of those that are unmet the one that ends first; null for an assignment that has ended. */
export function running(lead: Lead): Running | null {
  const unmet = unmetBy(lead).map((what) => ({ what, by: lead.clocks[`${what}_by`] }));
  return unmet.reduce<Running | null>((first, next) => (first && endsBefore(first, next) ? first : next), null);
}

function endsBefore(first: Running, next: Running): boolean {
  return Date.parse(first.by) <= Date.parse(next.by);
}

/** What a lead has still to do, in the order of the steps. */
function unmetBy(lead: Lead): Clock[] {
  if (lead.status === "assigned") return ["acknowledge", ...onTheWay(lead)];
  if (lead.status === "acknowledged" || lead.status === "en_route") return onTheWay(lead);
  return lead.status === "on_scene" ? ["record"] : [];
}

function onTheWay(lead: Lead): Clock[] {
  if (lead.arrivedAt !== null) return ["record"];
  return lead.callsFirst && lead.contactedAt === null ? ["contact", "arrive", "record"] : ["arrive", "record"];
}
