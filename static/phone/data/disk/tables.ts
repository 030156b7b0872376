// The tables of a disk, and the operations that the app needs of it.
import type { DBSchema } from "idb";
import type { PhotoKind } from "../../../shared/server/schemas";
import type { Unkept } from "../../domain/device/surroundings";
import type { Entry } from "../../domain/outbox/entry";
import type { WorkDocument } from "../../domain/work/work";

/** A photo or signature that is being sent; the blob is deleted when the server has every byte of it. */
export interface Photo {
  uuid: string;
  assignment: string;
  kind: PhotoKind;
  blob: Blob;
  mime: string;
  bytes: number;
  sha256: string;
  have: number; // bytes that the server has confirmed
  complete: boolean;
  refused: string | null; // why the server would not take it
  taken_at: number;
}

/** A form that is being filled in, saved at every change. */
export interface Draft {
  key: string; // form and assignment, such as "visit:<id>"
  assignment: string;
  label: string; // masked name: it may outlive its assignment
  form: unknown;
  touched: boolean; // whether anybody has entered anything
  saved_at: number;
}

export interface KeptScript {
  sha256: string;
  content: unknown;
}

export interface Tables extends DBSchema {
  meta: { key: string; value: unknown };
  work: { key: string; value: { document: WorkDocument; fetched_at: number } };
  outbox: { key: number; value: Entry };
  drafts: { key: string; value: Draft };
  photos: { key: string; value: Photo };
  scripts: { key: string; value: KeptScript };
}
export type Table = "meta" | "work" | "outbox" | "drafts" | "photos" | "scripts";
export type Op =
  | { put: "meta" | "work"; key: string; value: unknown }
  | { put: "outbox" | "drafts" | "photos" | "scripts"; value: unknown }
  | { drop: Table; key: string | number };

/** All that may have to be forgotten one day, as it stands on disk at one moment. */
export interface Held {
  document: WorkDocument | null;
  entries: Entry[];
  drafts: Draft[];
  photos: Photo[];
}

/** What the app asks of a disk; every write is all or nothing. */
export interface Disk {
  readonly lasting: boolean;
  readonly unkept: Unkept | null;
  get<T>(table: Table, key: string | number): Promise<T | undefined>;
  all<T>(table: Table): Promise<T[]>;
  /** Write; resolves when it is on disk. Throws when there is no room. */
  write(ops: readonly Op[]): Promise<void>;
  /** Number an entry under the name of this phone and write it together with `ops` in one transaction. */
  append(entry: Omit<Entry, "seq" | "device" | "before">, ops: readonly Op[]): Promise<Entry>;
  /** Replace entries by what `change` makes of those on disk, so that two senders never undo one another. */
  change(seqs: readonly number[], change: (entry: Entry) => Entry): Promise<Entry[]>;
  /** The same for a photo; one that was dropped meanwhile stays dropped. */
  changePhoto(uuid: string, change: (photo: Photo) => Photo): Promise<void>;
  /** Note something in `meta` unless something stands there already; returns what then stands. */
  first<T>(key: string, value: T): Promise<T>;
  /** Replace what `meta` holds by what `change` makes of it, undefined dropping it; returns what then stands. */
  changeMeta<T>(key: string, change: (held: T | undefined) => T | undefined): Promise<T | undefined>;
  /** Look at everything and write what `decide` says, with no other write in between. */
  review(decide: (held: Held) => readonly Op[]): Promise<readonly Op[]>;
  /** Empty every table. */
  clear(): Promise<void>;
  close(): void;
}
