// The worklist from the server, fetched or sent by socket: one way in; what is no longer in it is erased from the phone.
import { batch } from "@preact/signals";
import { ask, NetError } from "../../../shared/server/net";
import { replaces, tagOf, type WorkDocument } from "../../domain/work/work";
import { forgettable } from "../disk/forget";
import * as store from "../disk/store";
import type { Op } from "../disk/tables";
import { learnClock } from "./clock";
import { fetchScripts } from "./scripts";

/** Fetch the worklist; returns whether the server answered. `anew` takes what comes, however old it says it is. */
export async function pull(anew = false): Promise<boolean> {
  const person = store.me.value;
  if (!person) return false;
  const held = store.work.value;
  try {
    const headers: Record<string, string> = held && !anew ? { "If-None-Match": `"${tagOf(held)}"` } : {};
    const reply = await ask("/api/v1/work", { headers });
    if (reply.status !== 304 && !isDocument(reply.data)) throw new NetError({ kind: "offline" });
    if (reply.at !== null) void learnClock(reply.at, reply.tookMs);
    if (store.me.value?.id !== person.id) return false;
    const mine = reply.status === 304 || reply.data.person.id === person.id;
    batch(() => {
      store.reached();
      store.otherSession.value = !mine;
      store.signedOut.value = !mine;
      store.maintenanceUntil.value = null;
    });
    if (reply.status === 304) await heardNothingNew();
    else await takeDocument(reply.data, anew);
    return mine;
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    if (store.me.value?.id === person.id) failed(error); // another one's answer says nothing of who is here now
    return false;
  }
}

function isDocument(data: Partial<WorkDocument> | null): boolean {
  return (
    typeof data?.epoch === "string" &&
    typeof data.version === "number" &&
    Array.isArray(data.assignments) &&
    !!data.person
  );
}

function failed({ failure }: NetError): void {
  if (failure.kind === "signed_out") store.signedOut.value = true;
  else if (failure.kind === "maintenance") store.maintenanceUntil.value = failure.until;
  else if (failure.kind === "offline") store.unreached(failure.why);
}

async function heardNothingNew(): Promise<void> {
  store.syncedAt.value = store.now.peek();
  const held = store.work.peek();
  if (!held) return;
  void fetchScripts(held.scripts);
  await tidy(openIn(held));
}

/** Forget what has become free since the last worklist came: a photo arrived, a day went by. */
async function tidy(open: ReadonlySet<string>): Promise<void> {
  const disk = store.disk();
  try {
    const forgot = await disk.review((held) => forgettable(held, open, Date.now()));
    if (forgot.length > 0 && store.isHeld(disk)) await store.reload();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // a disk that can't be written now is tidied next time
  }
}

function openIn(document: WorkDocument): Set<string> {
  return new Set(document.assignments.map((assignment) => assignment.id));
}

/** Take a worklist in, from the socket or over HTTP alike. Another person's is never taken. */
export async function takeDocument(next: WorkDocument, anew = false): Promise<void> {
  if (store.me.value?.id !== next.person.id) return;
  const disk = store.disk();
  const fetched_at = store.now.peek();
  let taken = false;
  let forgot = 0;
  try {
    // Compared with what is on disk in the same transaction: two may arrive at once, and the newer one stays.
    const ops = await disk.review((held) => {
      taken = anew || replaces(held.document, next);
      const keep: Op = { put: "work", key: "document", value: { document: next, fetched_at } };
      return taken ? [keep, ...forgettable(held, openIn(next), Date.now())] : [];
    });
    forgot = ops.length - 1;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (store.isHeld(disk)) store.fault.value = store.faultOf(error); // it is shown all the same
  }
  if (!taken || !store.isHeld(disk) || !(anew || replaces(store.work.peek(), next))) return;
  batch(() => {
    store.work.value = next;
    store.syncedAt.value = fetched_at;
  });
  if (forgot > 0) await store.reload();
  store.tellOthers();
  void fetchScripts(next.scripts);
}
