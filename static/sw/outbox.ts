// The outbox as the worker sees it: the page's own sender, run while no page is there.
import { flushOnce } from "../phone/data/outbox/send";

/** Send what waits; rejects when something is left, so that the browser wakes the worker again. */
export async function sendWaiting(): Promise<void> {
  const { left } = await flushOnce();
  if (left > 0) throw new Error(`${left} left`);
}
