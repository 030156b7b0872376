// Forms that are being filled in: saved at every change, so that leaving, a call or a flat battery loses nothing.
import { effect } from "@preact/signals";
import { disk, draftFault, drafts, faultOf, isOpen, tapped } from "./store";
import type { Draft } from "./tables";

/** What was entered before, or null. */
export function draftOf<T>(key: string): T | null {
  return (drafts.value.find((draft) => draft.key === key)?.form as T | undefined) ?? null;
}

/** Keep a form; returns whether it is on disk. A full disk is said, and the form stays on the screen. */
export async function saveDraft(draft: Omit<Draft, "saved_at">): Promise<boolean> {
  if (!isOpen()) return false; // the form of somebody who has just signed out
  const kept: Draft = { ...draft, saved_at: Date.now() };
  drafts.value = [...drafts.value.filter((other) => other.key !== draft.key), kept];
  try {
    await disk().write([{ put: "drafts", value: kept }]);
    draftFault.value = null;
    return true;
  } catch (error) {
    draftFault.value = faultOf(error);
    return false;
  }
}

/** Throw a form away: only ever on the officer's own word. */
export async function dropDraft(key: string): Promise<void> {
  await tapped(disk().write([{ drop: "drafts", key }]));
  draftFault.value = null;
  drafts.value = drafts.value.filter((draft) => draft.key !== key);
}

/** Called whenever the draft under `key` is there no more although it was, as when another tab has recorded it. Returns how to end it. */
export function onDropped(key: string, call: () => void): () => void {
  let there = false;
  return effect(() => {
    const was = there;
    there = drafts.value.some((draft) => draft.key === key);
    if (was && !there) queueMicrotask(call); // not in the midst of the change
  });
}
