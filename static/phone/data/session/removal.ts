// When a right is taken away: the person's data on this phone are deleted at once, what the server lacks is sealed for it.

import { forgetMe, keptMe } from "../disk/last-person";
import { walled } from "../disk/store";
import { sealAway } from "../outbox/seal-away";
import { close } from "./session";

let going: Promise<void> | null = null;

/** Delete everything; resolves when it is done. A phone that stopped during it goes on at the next start. */
export function takeAway(): Promise<void> {
  going ??= taken().finally(() => {
    going = null;
  });
  return going;
}

async function taken(): Promise<void> {
  const person = walled.peek();
  if (person === null) return;
  const held = close();
  const memory = held?.lasting === false ? held : null;
  if (memory === null) held?.close();
  await sealAway(person, memory);
  if (keptMe()?.id === person) await forgetMe(); // somebody else may have signed in meanwhile
}
