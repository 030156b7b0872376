// The result of the ready check on its way to the chief: kept until the server has it.
import { effect, signal } from "@preact/signals";
import { ask, NetError } from "../../../shared/server/net";
import type { Schemas } from "../../../shared/server/schemas";
import * as store from "../disk/store";
import type { Op } from "../disk/tables";

const KEPT = "readiness";

type Result = Schemas["ReadinessBodyRequest"];

interface Kept {
  json: Result;
  at: number; // which result it is: a newer one must not be marked as sent by the answer to this one
  sent: boolean;
}

export const heldBack = signal(false); // the chief has not got the result yet

/** Keep a result, and send it now or when there is a network. */
export async function keepResult(json: Result): Promise<void> {
  await write({ json, at: Date.now(), sent: false });
  await sendReadiness();
}

async function write(kept: Kept): Promise<void> {
  heldBack.value = !kept.sent;
  const keep: Op = { put: "meta", key: KEPT, value: kept };
  await store.disk().write([keep]);
}

/** Send a result that is still kept; whatever stands in the way, it is tried again later. */
async function sendReadiness(): Promise<void> {
  if (!store.isOpen()) return;
  const kept = await store.disk().get<Kept>("meta", KEPT);
  if (!kept || kept.sent) return;
  try {
    await ask("/api/v1/readiness", { method: "POST", json: kept.json });
    if (!store.isOpen()) return;
    const now = await store.disk().get<Kept>("meta", KEPT);
    if (now?.at === kept.at) await write({ ...kept, sent: true });
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
  }
}

effect(() => {
  if (store.socketOpen.value && store.me.value) void sendReadiness();
});
