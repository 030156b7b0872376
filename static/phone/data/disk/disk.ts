// The phone's own disk: one IndexedDB a person, written with strict durability; a phone that refuses it gets memory.
import type { Unkept } from "../../domain/device/surroundings";
import type { Entry } from "../../domain/outbox/entry";
import { type Base, Connection, deleteBase, nameOf, patiently, TABLES } from "./connection";
import { COUNTING, type Counted, numbered, type Unnumbered } from "./counting";
import { watched } from "./slow-storage";
import type { Disk, Draft, Held, Op, Photo, Table, Tables } from "./tables";
import { Volatile } from "./volatile";

const STRICT = { durability: "strict" } as const;

/** Open the disk of one person; in memory where the browser has none to give. */
export async function openDisk(person: string): Promise<Disk> {
  try {
    return await Lasting.open(person);
  } catch (error) {
    return new Volatile(WHY[(error as Error).name] ?? "refused");
  }
}

const WHY: Partial<Record<string, Unkept>> = { VersionError: "newer", TimeoutError: "silent" };

/** Open the real disk of one person; null where that can't be done now. */
export async function openLasting(person: string): Promise<Disk | null> {
  return Lasting.open(person).catch(() => null);
}

/** Whether there is a disk of this person, as far as the browser tells. */
export async function isThere(person: string): Promise<boolean> {
  const listed = await indexedDB.databases?.().catch(() => []);
  return (listed ?? []).some(({ name }) => name === nameOf(person));
}

/** Delete a person's disk; emptied first, for a tab that does not let go of it must not keep anything alive. */
export async function deleteDisk(person: string, held: Disk | null): Promise<void> {
  if (held) await patiently(held.clear());
  held?.close();
  await deleteBase(person);
}

class Lasting implements Disk {
  readonly lasting = true;
  readonly unkept = null;
  private readonly connection: Connection;

  private constructor(person: string) {
    this.connection = new Connection(person);
  }

  static async open(person: string): Promise<Lasting> {
    const disk = new Lasting(person);
    await disk.connection.open();
    return disk;
  }

  async get<T>(table: Table, key: string | number): Promise<T | undefined> {
    return this.reading(async (base) => (await base.get(table, key as never)) as T | undefined);
  }

  async all<T>(table: Table): Promise<T[]> {
    return this.reading(async (base) => (await base.getAll(table)) as T[]);
  }

  async write(ops: readonly Op[]): Promise<void> {
    if (ops.length === 0) return;
    await this.writing((stores) => putAll(stores, ops));
  }

  async append(entry: Unnumbered, ops: readonly Op[]): Promise<Entry> {
    return this.writing(async (stores) => {
      const counted = await Promise.all(COUNTING.map(async (key) => stores("meta").get(key)));
      const made = numbered(entry, counted as unknown as Counted);
      putAll(stores, [...made.ops, ...ops]);
      return made.entry;
    });
  }

  async change(seqs: readonly number[], change: (entry: Entry) => Entry): Promise<Entry[]> {
    if (seqs.length === 0) return [];
    return this.writing(async (stores) => {
      const held = (await Promise.all(seqs.map(async (seq) => stores("outbox").get(seq)))) as (Entry | undefined)[];
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
      const rows = async <T>(table: Table): Promise<T[]> => (await stores(table).getAll()) as T[];
      const [[kept], entries, drafts, photos] = await Promise.all([
        rows<Tables["work"]["value"]>("work"), // the document is all that stands there
        rows<Entry>("outbox"),
        rows<Draft>("drafts"),
        rows<Photo>("photos"),
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
    this.connection.close();
  }

  private reading<T>(work: (base: Base) => Promise<T>): Promise<T> {
    return watched(this.connection.use(work, true));
  }

  /** All requests of `work` in one transaction: when one fails, or can't even be asked, nothing of it stays. */
  private async writing<T>(work: (stores: Stores) => T | Promise<T>): Promise<T> {
    const transact = async (base: Base): Promise<T> => {
      const transaction = base.transaction(TABLES, "readwrite", STRICT);
      const done = transaction.done.then(
        () => null,
        (error: unknown) => error ?? new DOMException("Nothing was written.", "AbortError"),
      );
      try {
        const made = await work((table) => transaction.objectStore(table) as unknown as Store);
        const failed = await done;
        if (failed !== null) throw failed;
        return made;
      } catch (error) {
        abort(transaction);
        await done;
        throw error;
      }
    };
    return watched(this.connection.use(transact, false));
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
