// The one connection to a person's database: opened when it is wanted, and anew where the browser has dropped it.
import { deleteDB, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from "idb";
import type { Op, Tables } from "./tables";

export type Base = IDBPDatabase<Tables>;
type Upgrade = IDBPTransaction<Tables, StoreNames<Tables>[], "versionchange">;

export const TABLES = ["meta", "work", "outbox", "drafts", "photos", "scripts"] as const;
const VERSION = 1;
const PATIENCE_MS = 4_000;
const DELETING_MS = 2_000;
// Under these names browsers drop a connection: iOS in the background, every one when its data are cleared.
const DROPPED: readonly string[] = ["InvalidStateError", "UnknownError"];

export function nameOf(person: string): string {
  return `doorstep-${person}`;
}

/** What the page still knows of a person whose database was cleared away: `rows` go into the new one as it is made. */
export interface Memory {
  rows: (person: string) => readonly Op[];
  made: (person: string) => void; // the new one is there
}

let memory: Memory | null = null;

/** Set once who remembers; without anybody a database that was cleared away begins empty. */
export function remember(by: Memory): void {
  memory = by;
}

export class Connection {
  private opening: Promise<Base> | null = null;
  private known = false; // it was open before: a database that must be made anew then was cleared away
  private ended = false; // closed on purpose: it must not come back

  constructor(private readonly person: string) {}

  /**
   * Do some work; where the browser has dropped the connection, connect again first. What only reads is then done once
   * more; a write only where nothing had been asked yet, for one that failed underway may have come through.
   */
  async use<T>(work: (base: Base) => Promise<T>, reads: boolean): Promise<T> {
    const first = this.open();
    try {
      return await work(await first);
    } catch (error) {
      const { name } = error as Error;
      if (this.ended || !DROPPED.includes(name)) throw error;
      this.drop(first);
      if (!reads && name !== "InvalidStateError") throw error;
      return work(await this.open());
    }
  }

  /** The connection, the same for all who ask at once: one that nobody knew of would keep the database from being deleted. */
  open(): Promise<Base> {
    if (this.ended) return Promise.reject(new DOMException("The disk is closed.", "InvalidStateError"));
    if (this.opening === null) {
      const opening: Promise<Base> = this.connect(() => this.drop(opening));
      this.opening = opening;
      opening.catch(() => this.drop(opening));
    }
    return this.opening;
  }

  close(): void {
    this.ended = true;
    this.drop(this.opening);
  }

  private drop(opening: Promise<Base> | null): void {
    if (this.opening === opening) this.opening = null;
    opening?.then(
      (base) => base.close(),
      () => undefined,
    );
  }

  private async connect(letGo: () => void): Promise<Base> {
    let cleared = false;
    const base = await opened(this.person, {
      upgrade: (made, _from, _to, writing) => {
        make(made);
        cleared = this.known && memory !== null;
        const rows = cleared ? memory?.rows(this.person) : undefined;
        for (const op of rows ?? []) void put(writing, op).catch(() => undefined);
      },
      // Another tab deletes it, or a newer app gives it another version.
      blocking: (_from, to) => (to === null ? this.close() : letGo()),
      // What the browser may have cleared away is written back before anything else can happen to this page.
      terminated: () => {
        letGo();
        this.open().catch(() => undefined);
      },
    });
    if (this.ended) base.close();
    this.known = true;
    if (cleared) memory?.made(this.person);
    return base;
  }
}

function make(made: Base): void {
  made.createObjectStore("meta");
  made.createObjectStore("work");
  made.createObjectStore("outbox", { keyPath: "seq" });
  made.createObjectStore("drafts", { keyPath: "key" });
  made.createObjectStore("photos", { keyPath: "uuid" });
  made.createObjectStore("scripts", { keyPath: "sha256" });
}

async function put(writing: Upgrade, op: Op): Promise<unknown> {
  if ("drop" in op) return undefined;
  const store = writing.objectStore(op.put);
  return "key" in op ? store.put(op.value as never, op.key) : store.put(op.value as never);
}

type Callbacks = Parameters<typeof openDB<Tables>>[2];

/** A newer version of the app may have been here and was taken back: its tables are ours and more, so what lies there goes on. */
async function opened(person: string, callbacks: NonNullable<Callbacks>): Promise<Base> {
  try {
    return await soon(openDB<Tables>(nameOf(person), VERSION, callbacks));
  } catch (error) {
    if ((error as Error).name !== "VersionError") throw error;
    const { upgrade: _made, ...watching } = callbacks;
    const base = await soon(openDB<Tables>(nameOf(person), undefined, watching));
    if (TABLES.every((table) => base.objectStoreNames.contains(table))) return base;
    base.close();
    throw error;
  }
}

/** The same connection; TimeoutError where the browser does not give it, as while a frozen window holds off a deletion. */
export function soon<T extends { close(): void }>(opening: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new DOMException("The disk does not open.", "TimeoutError"));
    }, PATIENCE_MS);
    opening.then(
      (base) => {
        clearTimeout(timer);
        if (late) base.close();
        else resolve(base);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

/** Delete a person's database; one that a window does not let go of is not waited for. */
export async function deleteBase(person: string): Promise<void> {
  await patiently(deleteDB(nameOf(person)));
}

/** Wait for the end of some work, but not without end. */
export async function patiently(work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((done) => {
    timer = setTimeout(done, DELETING_MS);
  });
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
