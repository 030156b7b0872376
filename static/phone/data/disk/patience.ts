// Storage that does not answer: WebKit keeps every write waiting where one of its processes was suspended within a write.
// The app can't mend that. It says so, for a tap that seems to do nothing would be taken for a record that is kept.
import { signal } from "@preact/signals";

const PATIENCE_MS = 4_000;
let overdue = 0;

/** Whether something has waited for the phone's storage for too long, and still waits. */
export const stuck = signal(false);

/** The same promise; while it takes too long, `stuck` says so. */
export async function watched<T>(work: Promise<T>): Promise<T> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    overdue += 1;
    stuck.value = true;
  }, PATIENCE_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (late) overdue -= 1;
    stuck.value = overdue > 0;
  }
}
