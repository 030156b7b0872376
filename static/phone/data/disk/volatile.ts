// A disk in memory, for a browser that lends none: what is entered can still be sent, and the sync bar says what is so.
import type { Unkept } from "../../domain/device/surroundings";
import type { Entry } from "../../domain/outbox/entry";
import { COUNTING, type Counted, numbered, type Unnumbered } from "./counting";
import type { Disk, Draft, Held, Op, Photo, Table, Tables } from "./tables";

const KEYS: Partial<Record<Table, string>> = { outbox: "seq", drafts: "key", photos: "uuid", scripts: "sha256" };

/** Keeps everything for as long as the page is open. */
export class Volatile implements Disk {
  readonly lasting = false;
  private readonly tables = new Map<Table, Map<string | number, unknown>>();

  constructor(readonly unkept: Unkept = "refused") {}

  async get<T>(table: Table, key: string | number): Promise<T | undefined> {
    return this.table(table).get(key) as T | undefined;
  }

  async all<T>(table: Table): Promise<T[]> {
    return [...this.table(table).values()] as T[];
  }

  async write(ops: readonly Op[]): Promise<void> {
    for (const op of ops) {
      if ("drop" in op) this.table(op.drop).delete(op.key);
      else if ("key" in op) this.table(op.put).set(op.key, op.value);
      else this.table(op.put).set((op.value as Record<string, string>)[KEYS[op.put] ?? ""] ?? "", op.value);
    }
  }

  async append(entry: Unnumbered, ops: readonly Op[]): Promise<Entry> {
    const counted = COUNTING.map((key) => this.table("meta").get(key)) as unknown as Counted;
    const made = numbered(entry, counted);
    await this.write([...made.ops, ...ops]);
    return made.entry;
  }

  async change(seqs: readonly number[], change: (entry: Entry) => Entry): Promise<Entry[]> {
    const held = seqs.flatMap((seq) => (this.table("outbox").get(seq) as Entry | undefined) ?? []);
    const changed = held.map(change);
    for (const entry of changed) this.table("outbox").set(entry.seq, entry);
    return changed;
  }

  async changePhoto(uuid: string, change: (photo: Photo) => Photo): Promise<void> {
    const photo = this.table("photos").get(uuid) as Photo | undefined;
    if (photo) this.table("photos").set(uuid, change(photo));
  }

  async first<T>(key: string, value: T): Promise<T> {
    return (await this.changeMeta<T>(key, (held) => (held === undefined ? value : held))) as T;
  }

  async changeMeta<T>(key: string, change: (held: T | undefined) => T | undefined): Promise<T | undefined> {
    const next = change(this.table("meta").get(key) as T | undefined);
    if (next === undefined) this.table("meta").delete(key);
    else this.table("meta").set(key, next);
    return next;
  }

  async review(decide: (held: Held) => readonly Op[]): Promise<readonly Op[]> {
    const kept = this.table("work").get("document") as Tables["work"]["value"] | undefined;
    const ops = decide({
      document: kept?.document ?? null,
      entries: [...this.table("outbox").values()] as Entry[],
      drafts: [...this.table("drafts").values()] as Draft[],
      photos: [...this.table("photos").values()] as Photo[],
    });
    await this.write(ops);
    return ops;
  }

  async clear(): Promise<void> {
    for (const table of this.tables.values()) table.clear();
  }

  close(): void {
    // Nothing is held open.
  }

  private table(name: Table): Map<string | number, unknown> {
    const held = this.tables.get(name) ?? new Map<string | number, unknown>();
    this.tables.set(name, held);
    return held;
  }
}
