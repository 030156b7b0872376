// Storage that does not answer, or refuses: WebKit keeps every write waiting where one of its processes was suspended within
// a write. The app can't mend that. It says so, for a tap that seems to do nothing would be taken for a record that is kept.
import { signal } from "@preact/signals";

const SLOW_MS = 800;
const PATIENCE_MS = 4_000;
let waiting = 0;
let overdue = 0;
const refusals = new WeakSet<object>();

/** Whether something waits for the phone's storage for longer than a tap should. */
export const slow = signal(false);

/** Whether something has waited for the phone's storage for too long, and still waits. */
export const stuck = signal(false);

/** Whether an error came from the phone's storage. */
export function isOfDisk(error: unknown): boolean {
  return typeof error === "object" && error !== null && refusals.has(error);
}

/** The same promise; while it takes too long, `slow` and then `stuck` say so. */
export async function watched<T>(work: Promise<T>): Promise<T> {
  const timers = [after(SLOW_MS, () => count(1, 0)), after(PATIENCE_MS, () => count(0, 1))];
  try {
    return await work;
  } catch (error) {
    if (error instanceof DOMException) refusals.add(error);
    throw error;
  } finally {
    const [late = 0, overdueToo = 0] = timers.map((end) => end());
    count(-late, -overdueToo);
  }
}

/** Call later; what is returned ends it, and tells whether it was called: 1 or 0. */
function after(ms: number, call: () => void): () => number {
  let called = 0;
  const timer = setTimeout(() => {
    called = 1;
    call();
  }, ms);
  return () => {
    clearTimeout(timer);
    return called;
  };
}

function count(late: number, tooLate: number): void {
  waiting += late;
  overdue += tooLate;
  slow.value = waiting > 0;
  stuck.value = overdue > 0;
}
