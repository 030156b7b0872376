// The outbox as the worker sees it: the page's own sender, run while no page is there.
import { notePhone, phoneNote } from "../phone/data/disk/phone-note";
import { sealAway } from "../phone/data/outbox/seal-away";
import { flushOnce } from "../phone/data/outbox/send";
import { onRemoved } from "../shared/server/net";

let removed: string | null = null;
onRemoved((person) => {
  removed = person;
});

/** Send what waits; rejects when something is left, so that the browser wakes the worker again. */
export async function sendWaiting(): Promise<void> {
  removed = null; // of an earlier turn, which may have broken off: its person may have signed in again
  const { left } = await flushOnce();
  if (removed !== null) return takeAway(removed);
  if (left > 0) throw new Error(`${left} left`);
}

/** The page says so when it is opened; until then nothing of theirs lies here. */
async function takeAway(person: string): Promise<void> {
  const isStill = async (): Promise<boolean> => (await phoneNote("person")) === person;
  if (!(await isStill())) return; // the page has done it, or somebody else has signed in
  await sealAway(person);
  if (await isStill()) await notePhone("person", null);
}
