// The screens that the first paint does not need: fetched right after it, so that they are here before a tap or a tunnel.
import type { ComponentType } from "preact";
import { Absent, later, Waiting } from "../parts/later";

const screens: { fetched: () => Promise<void> }[] = [];

function screen<P extends object>(load: () => Promise<ComponentType<P>>) {
  const made = later(load, { waiting: () => <Waiting />, absent: () => <Absent /> });
  screens.push(made);
  return made;
}

export const Card = screen(() => import("./card").then((made) => made.Card));
export const CheckIn = screen(() => import("./check-in").then((made) => made.CheckIn));
export const Correct = screen(() => import("./correct").then((made) => made.Correct));
export const HandOver = screen(() => import("./hand-over").then((made) => made.HandOver));
export const Lock = screen(() => import("./lock").then((made) => made.Lock));
export const Me = screen(() => import("./me").then((made) => made.Me));
export const Outbox = screen(() => import("./outbox").then((made) => made.Outbox));
export const Ready = screen(() => import("./ready").then((made) => made.Ready));
export const Record = screen(() => import("./record").then((made) => made.Record));
export const Script = screen(() => import("./script").then((made) => made.Script));
export const Scripts = screen(() => import("./scripts").then((made) => made.Scripts));
export const Show = screen(() => import("./show").then((made) => made.Show));

/** Fetch every screen, one after the other; what can't be had now comes when it is opened. */
export async function fetchScreens(): Promise<void> {
  for (const one of screens) await one.fetched().catch(() => undefined);
}
