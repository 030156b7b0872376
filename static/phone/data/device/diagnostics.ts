// What somebody asks for who helps over the phone: no names, no addresses.
import { compared, offset, unsent, work } from "../disk/store";
import { device, lastNumber } from "../outbox/acts";
import { BUILD, gap, newest } from "./device";
import { workerState } from "./worker";

export interface Diagnostics {
  device: string; // the end of its id
  build: string;
  newest: string | null;
  lastSeq: number;
  unsent: number;
  missing: number; // acts that the server never got
  used: number | null; // bytes
  quota: number | null; // bytes
  persisted: boolean | null;
  offsetMs: number | null;
  epoch: string | null;
  version: number | null;
  worker: string;
}

export async function diagnose(): Promise<Diagnostics> {
  const room = await navigator.storage?.estimate?.().catch(() => null);
  const persisted = await navigator.storage?.persisted?.().catch(() => null);
  return {
    device: (await device()).slice(-8),
    build: BUILD,
    newest: newest.value,
    lastSeq: await lastNumber(),
    unsent: unsent.value.length,
    missing: gap.value?.missing ?? 0,
    used: room?.usage ?? null,
    quota: room?.quota ?? null,
    persisted: persisted ?? null,
    offsetMs: compared.value ? Math.round(offset.value) : null,
    epoch: work.value ? work.value.epoch.slice(0, 8) : null,
    version: work.value?.version ?? null,
    worker: workerState.value,
  };
}
