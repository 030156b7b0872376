// A disk that behaves as browsers' disks do on bad days: one operation fails, the connection is dropped, all is cleared.
import { forceCloseDatabase, IDBFactory } from "fake-indexeddb";
import { vi } from "vitest";

const OPERATIONS = ["get", "getAll", "put", "delete", "clear"] as const;

/** How an operation fails: it can't even be asked; the transaction that would have written it comes to nothing. */
export type How = "refused" | "aborted";

/** Fail the n-th operation from now on, once; returns whether it came to that, and ends it. */
export function failing(nth: number, how: How): () => boolean {
  let asked = 0;
  const spies = OPERATIONS.map((name) => {
    const real = IDBObjectStore.prototype[name] as (this: IDBObjectStore, ...given: unknown[]) => IDBRequest;
    return vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function (
      this: IDBObjectStore,
      ...given: unknown[]
    ) {
      const { transaction } = this;
      if (how === "refused" || transaction.mode !== "readonly") asked += 1;
      if (asked !== nth) return real.apply(this, given) as never;
      asked += 1; // once
      if (how === "refused") throw new DOMException("broken", "UnknownError");
      queueMicrotask(() => transaction.abort());
      return real.apply(this, given) as never;
    });
  });
  return () => {
    for (const spy of spies) spy.mockRestore();
    return asked > nth;
  };
}

/** Every connection to a database of this page that is opened from now on. */
export function connections(): { all: IDBDatabase[]; opened: () => number } {
  const all: IDBDatabase[] = [];
  const real = IDBFactory.prototype.open;
  const spy = vi.spyOn(IDBFactory.prototype, "open").mockImplementation(function (this: IDBFactory, ...given) {
    const asked = real.apply(this, given as Parameters<typeof real>);
    asked.addEventListener("success", () => all.push(asked.result as unknown as IDBDatabase));
    return asked;
  });
  return { all, opened: () => spy.mock.calls.filter(([name]) => name !== "doorstep").length };
}

/** The browser drops connections, as iOS does in the background; `told` says so to the page. */
export function drop(bases: readonly IDBDatabase[], told = true): void {
  for (const base of bases) {
    if (told) forceCloseDatabase(base as never);
    else base.close();
  }
}

/** Somebody clears this site's data while its pages are open. */
export function clear(bases: readonly IDBDatabase[], told = true): void {
  vi.stubGlobal("indexedDB", new IDBFactory());
  drop(bases, told);
}
