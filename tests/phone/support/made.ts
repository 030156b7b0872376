// Things that tests need many of: worklists, assignments, entries, photos.
import type { Photo } from "../../../static/phone/data/disk/tables";
import type { Entry } from "../../../static/phone/domain/outbox/entry";
import { overlay, type View } from "../../../static/phone/domain/work/view";
import type { Assignment, WorkDocument } from "../../../static/phone/domain/work/work";

export const LIN = "0190aaaa-0000-7000-8000-0000000000a1";
export const WANG = "0190aaaa-0000-7000-8000-0000000000b2";
export const EPOCH = "11111111-1111-4111-8111-111111111111";

export function assignment(id: string, more: Record<string, unknown> = {}): Assignment {
  const clock = (minutes: number): string => new Date(Date.UTC(2026, 10, 20, 6, minutes)).toISOString();
  return {
    id,
    part: "main",
    status: "assigned",
    assigned_at: clock(0),
    clocks: { acknowledge_by: clock(10), contact_by: clock(20), arrive_by: clock(30), record_by: clock(90) },
    acknowledged_at: null,
    contacted_at: null,
    departed_at: null,
    arrived_at: null,
    reasons: [],
    case: {
      id: `case-${id}`,
      number: "2026-1",
      risk: "high",
      points: 80,
      scam_type: "investment",
      scam_name: "投资理财",
    },
    resident: { short_name: "张*" },
    ...more,
  } as unknown as Assignment;
}

const NOWHERE = { address: null, divisions: [], lat: null, lon: null, outline: null, safety_note: "" };

type More = Record<string, unknown>;

/** An assignment with all its parts as its officer sees it on its day; `about` changes its case. */
export function viewed(more: More = {}, about: More = {}, entries: readonly Entry[] = []): View {
  const { case: short, ...rest } = assignment("a");
  const whole = { ...short, amount_at_risk: "0", already_transferred: "0", reasons: [], ...about };
  const known = { birth_year: null, dialect: "", earlier_victim: false, lives_alone: false };
  const resident = { name: "张三", short_name: "张某", phone: "10000000001", ...known };
  const held = { ...rest, case: whole, resident, place: NOWHERE, contacts: [], team: [], ...more };
  return overlay(held as unknown as Assignment, entries, "2026-11-20", (at) => new Date(at).toISOString().slice(0, 10));
}

export function work(version: number, ids: readonly string[] = [], more: Partial<WorkDocument> = {}): WorkDocument {
  return {
    epoch: EPOCH,
    version,
    person: { id: LIN, name: "林警官", language: "zh-hans" },
    assignments: ids.map((id) => assignment(id)),
    done_today: [],
    scripts: [],
    ...more,
  } as unknown as WorkDocument;
}

export function entry(seq: number, more: Partial<Entry> = {}): Entry {
  return {
    seq,
    uuid: `uuid-${seq}`,
    device: "device",
    kind: "note",
    assignment: "a",
    happened_at: "2026-11-20T06:05:00.000Z",
    clock_offset_ms: 0,
    payload: { text: "x" },
    label: "张*",
    photos: [],
    not_before: 0,
    state: "waiting",
    receipt: null,
    answered_at: null,
    needs: false,
    ...more,
  };
}

/** The numbers from one to `count`. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, place) => place + 1);

/** An entry that the server has answered. */
export function sent(seq: number, more: Partial<Entry> = {}): Entry {
  const receipt = { uuid: `uuid-${seq}`, verdict: "applied" } as Entry["receipt"];
  return entry(seq, { state: "answered", receipt, answered_at: Date.now(), ...more });
}

export function photo(uuid: string, more: Partial<Photo> = {}): Photo {
  const blob = more.blob ?? new Blob([new Uint8Array(700_000)], { type: "image/jpeg" });
  return {
    uuid,
    assignment: "a",
    kind: "photo",
    blob,
    mime: "image/jpeg",
    bytes: blob.size,
    sha256: "0".repeat(64),
    have: 0,
    complete: false,
    refused: null,
    taken_at: 0,
    ...more,
  };
}
