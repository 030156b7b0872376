// The phone's own disk: one IndexedDB a person, written with strict durability; a phone that refuses it gets memory.
import { deleteDB, type IDBPDatabase, openDB } from "idb";
import type { Entry } from "../../domain/outbox/entry";
import { watched } from "./patience";
import type { Disk, Draft, Held, Op, Photo, Table, Tables } from "./tables";
import { Volatile } from "./volatile";

const TABLES = ["meta", "work", "outbox", "drafts", "photos", "scripts"] as const;
const STRICT = { durability: "strict" } as const;
const NEXT_SEQ = "next_seq";

export function nameOf(person: string): string {
  return `doorstep-${person}`;
}

/** Open the disk of one person; in memory where the browser has none to give. */
export async function openDisk(person: string): Promise<Disk> {
  return (await openLasting(person)) ?? new Volatile();
}

/** Open the real disk of one person; null where that can't be done now. */
export async function openLasting(person: string): Promise<Disk | null> {
  return Lasting.open(person).catch(() => null);
}

const PATIENCE_MS = 2_000;

/** Delete a person's disk; emptied first, for a tab that does not let go of it must not keep anything alive. */
export async function deleteDisk(person: string, held: Disk | null): Promise<void> {
  await held?.clear().catch(() => undefined);
  held?.close();
  const gone = deleteDB(nameOf(person)).catch(() => undefined);
  await Promise.race([gone, new Promise((late) => setTimeout(late, PATIENCE_MS))]);
}

type Base = IDBPDatabase<Tables>;

class Lasting implements Disk {
  readonly lasting = true;
  private database: Base | null = null;
  private ended = false; // closed on purpose: it must not come back

  private constructor(private readonly person: string) {}

  static async open(person: string): Promise<Lasting> {
    const disk = new Lasting(person);
    await disk.connect();
    return disk;
  }

  async get<T>(table: Table, key: string | number): Promise<T | undefined> {
    return this.on(async (base) => (await base.get(table, key as never)) as T | undefined);
  }

  async all<T>(table: Table): Promise<T[]> {
    return this.on(async (base) => (await base.getAll(table)) as T[]);
  }

  async write(ops: readonly Op[]): Promise<void> {
    if (ops.length === 0) return;
    await this.writing((stores) => putAll(stores, ops));
  }

  async append(entry: Omit<Entry, "seq">, ops: readonly Op[]): Promise<Entry> {
    return this.writing(async (stores) => {
      const seq = ((await stores("meta").get(NEXT_SEQ)) as number | undefined) ?? 1;
      const numbered = { ...entry, seq };
      const numbers: Op[] = [
        { put: "meta", key: NEXT_SEQ, value: seq + 1 },
        { put: "outbox", value: numbered },
      ];
      putAll(stores, [...numbers, ...ops]);
      return numbered;
    });
  }

  async change(seqs: readonly number[], change: (entry: Entry) => Entry): Promise<Entry[]> {
    if (seqs.length === 0) return [];
    return this.writing(async (stores) => {
      const held = (await Promise.all(seqs.map((seq) => stores("outbox").get(seq)))) as (Entry | undefined)[];
      return held.flatMap((entry) => {
        if (!entry) return [];
        const changed = change(entry);
        if (changed !== entry) putAll(stores, [{ put: "outbox", value: changed }]);
        return [changed];
      });
    });
  }

  async changePhoto(uuid: string, change: (photo: Photo) => Photo): Promise<void> {
    await this.writing(async (stores) => {
      const photo = (await stores("photos").get(uuid)) as Photo | undefined;
      const changed = photo && change(photo);
      if (changed !== photo) putAll(stores, [{ put: "photos", value: changed }]);
    });
  }

  async first<T>(key: string, value: T): Promise<T> {
    return (await this.changeMeta<T>(key, (held) => (held === undefined ? value : held))) as T;
  }

  async changeMeta<T>(key: string, change: (held: T | undefined) => T | undefined): Promise<T | undefined> {
    return this.writing(async (stores) => {
      const held = (await stores("meta").get(key)) as T | undefined;
      const next = change(held);
      if (next !== held)
        putAll(stores, [next === undefined ? { drop: "meta", key } : { put: "meta", key, value: next }]);
      return next;
    });
  }

  async review(decide: (held: Held) => readonly Op[]): Promise<readonly Op[]> {
    return this.writing(async (stores) => {
      const [kept, entries, drafts, photos] = await Promise.all([
        stores("work").get("document") as Promise<Tables["work"]["value"] | undefined>,
        stores("outbox").getAll() as Promise<Entry[]>,
        stores("drafts").getAll() as Promise<Draft[]>,
        stores("photos").getAll() as Promise<Photo[]>,
      ]);
      const ops = decide({ document: kept?.document ?? null, entries, drafts, photos });
      putAll(stores, ops);
      return ops;
    });
  }

  async clear(): Promise<void> {
    await this.writing((stores) => {
      for (const table of TABLES)
        void stores(table)
          .clear()
          .catch(() => undefined);
    });
  }

  close(): void {
    this.ended = true;
    this.database?.close();
  }

  private async connect(): Promise<Base> {
    this.database = await openDB<Tables>(nameOf(this.person), 1, {
      upgrade(made) {
        made.createObjectStore("meta");
        made.createObjectStore("work");
        made.createObjectStore("outbox", { keyPath: "seq" });
        made.createObjectStore("drafts", { keyPath: "key" });
        made.createObjectStore("photos", { keyPath: "uuid" });
        made.createObjectStore("scripts", { keyPath: "sha256" });
      },
      blocking: () => this.close(), // another tab deletes it
    });
    return this.database;
  }

  /** Do some work; where the browser has dropped the connection (iOS does, in the background), connect again first. */
  private on<T>(work: (base: Base) => Promise<T>): Promise<T> {
    return watched(this.again(work));
  }

  private async again<T>(work: (base: Base) => Promise<T>): Promise<T> {
    try {
      return await work(this.database ?? (await this.connect()));
    } catch (error) {
      if (this.ended || (error as Error).name !== "InvalidStateError") throw error;
      return work(await this.connect());
    }
  }

  /** All requests of `steps` in one transaction: when one fails, or can't even be asked, nothing of it stays. */
  private async writing<T>(steps: (stores: Stores) => T | Promise<T>): Promise<T> {
    return this.on(async (base) => {
      const transaction = base.transaction(TABLES, "readwrite", STRICT);
      const done = transaction.done.then(
        () => null,
        (error: unknown) => error ?? new DOMException("Nothing was written.", "AbortError"),
      );
      try {
        const made = await steps((table) => transaction.objectStore(table) as unknown as Store);
        const failed = await done;
        if (failed !== null) throw failed;
        return made;
      } catch (error) {
        abort(transaction);
        await done;
        throw error;
      }
    });
  }
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}

/** Ask for every write; a request that fails aborts its transaction, which then tells. */
function putAll(stores: Stores, ops: readonly Op[]): void {
  for (const op of ops) {
    void put(stores, op).catch(() => undefined);
  }
}

function put(stores: Stores, op: Op): Promise<unknown> {
  if ("drop" in op) return stores(op.drop).delete(op.key);
  return "key" in op ? stores(op.put).put(op.value, op.key) : stores(op.put).put(op.value);
}

type Stores = (table: Table) => Store;

interface Store {
  get(key: string | number): Promise<unknown>;
  getAll(): Promise<unknown[]>;
  put(value: unknown, key?: string): Promise<unknown>;
  delete(key: string | number): Promise<void>;
  clear(): Promise<void>;
}
