// What runs only while somebody is signed in: the alarm, the position, boxes that they bring for a colleague.
import { effect } from "@preact/signals";
import { watchWhenNeeded } from "../device/position";
import { readyToCarry } from "../outbox/handover";
import "../device/readiness"; // sends a result that the chief has not got yet
import { armSound } from "../device/ring";
import { me, socketOpen, work } from "../disk/store";
import { dropCard, readCard } from "./card";
import "./write-back"; // knows what to do where the storage is cleared under the app

armSound();
watchWhenNeeded();
effect(() => {
  if (me.value !== null && socketOpen.value) void readyToCarry();
});

/** Moved to another unit or role: the card on this phone names what its person no longer is. */
async function renewCard(): Promise<void> {
  await dropCard();
  await readCard();
}

let was: { id: string; role: string; unit: string | null } | null = null;
effect(() => {
  const now = work.value?.person ?? null;
  const moved = now !== null && was?.id === now.id && (was.role !== now.role || was.unit !== now.unit);
  was = now ?? was;
  if (moved) void renewCard().catch(() => undefined);
});
