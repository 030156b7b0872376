// One at a time for page and worker: a Web Lock with a time limit, for a window that is frozen holds what it has for ever.
const LONGEST_MS = 30_000; // a batch on the worst line may take longer: it is then sent twice, which counts once

/** Do one step of something that others do as well. A window that has held the turn for too long loses it. */
export async function inTurn<T>(name: string, step: () => Promise<T>): Promise<T> {
  if (typeof navigator === "undefined" || !("locks" in navigator)) return step();
  const tired = new AbortController();
  const timer = setTimeout(() => tired.abort(), LONGEST_MS);
  const begin = (): Promise<T> => {
    clearTimeout(timer);
    return step();
  };
  try {
    return await locked(name, { signal: tired.signal }, begin);
  } catch (error) {
    if (!tired.signal.aborted) throw error;
    return locked(name, { steal: true }, step);
  }
}

async function locked<T>(name: string, options: LockOptions, step: () => Promise<T>): Promise<T> {
  let begun: Promise<T> | undefined;
  const begin = (): Promise<T> => {
    begun = step();
    return begun;
  };
  try {
    return (await navigator.locks.request(name, options, begin)) as T;
  } catch (error) {
    if (begun === undefined) throw error;
    return begun; // its turn was taken over, and what it began ends as it ends
  }
}
