// Small settings of this phone; in a browser without storage they last as long as the page is open.

const meanwhile = new Map<string, string>();

function storage(): Storage | null {
  try {
    return globalThis.localStorage ?? null; // the mere look at it throws where storage is blocked
  } catch {
    return null;
  }
}

/** What was kept under a name, or null. */
export function kept(name: string): string | null {
  try {
    return storage()?.getItem(name) ?? meanwhile.get(name) ?? null;
  } catch {
    return meanwhile.get(name) ?? null;
  }
}

/** Keep a small text; null forgets it. Never personal data: it outlives who is signed in. */
export function keep(name: string, value: string | null): void {
  if (value === null) meanwhile.delete(name);
  else meanwhile.set(name, value);
  try {
    if (value === null) storage()?.removeItem(name);
    else storage()?.setItem(name, value);
  } catch {
    // Full or forbidden: it holds until the page goes.
  }
}
