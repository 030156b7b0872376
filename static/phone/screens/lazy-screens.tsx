// The screens that the first paint does not need: fetched right after it, so that they are here before a tap or a tunnel.
import type { ComponentType } from "preact";
import { Absent, lazy, Waiting } from "../../shared/parts/lazy";

type Screens = typeof import("./all-lazy");
const screens = (): Promise<Screens> => import("./all-lazy");

function screen<P extends object>(pick: (made: Screens) => ComponentType<P>) {
  const load = (): Promise<ComponentType<P>> => screens().then(pick);
  return lazy(load, { waiting: () => <Waiting />, absent: () => <Absent /> });
}

export const Card = screen((made) => made.Card);
export const CheckIn = screen((made) => made.CheckIn);
export const Correct = screen((made) => made.Correct);
export const HandOver = screen((made) => made.HandOver);
export const Lock = screen((made) => made.Lock);
export const Me = screen((made) => made.Me);
export const Outbox = screen((made) => made.Outbox);
export const Ready = screen((made) => made.Ready);
export const Record = screen((made) => made.Record);
export const Script = screen((made) => made.Script);
export const Scripts = screen((made) => made.Scripts);
export const Show = screen((made) => made.Show);

const ALL = [Card, CheckIn, Correct, HandOver, Lock, Me, Outbox, Ready, Record, Script, Scripts, Show];

/** Fetch every screen ahead; what can't be had now comes when it is opened. */
export async function fetchScreens(): Promise<void> {
  for (const one of ALL) await one.fetched().catch(() => undefined);
}
