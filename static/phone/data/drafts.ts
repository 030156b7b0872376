// Forms that are being filled in: on disk at every change, so that leaving, a call or a flat battery costs nothing.
import { signal } from "@preact/signals";
import type { Draft } from "./disk";
import { disk, drafts, fault, isOpen } from "./store";

export const savedAt = signal<number | null>(null); // when the last change of a form was on disk, by the phone's clock

/** What was entered before, or null. */
export function draftOf<T>(key: string): T | null {
  return (drafts.value.find((draft) => draft.key === key)?.form as T | undefined) ?? null;
}

/** Keep a form; resolves when it is on disk. A full disk is said, and the form stays on the screen. */
export async function saveDraft(draft: Omit<Draft, "saved_at">): Promise<void> {
  if (!isOpen()) return; // the form of somebody who has just signed out
  const kept: Draft = { ...draft, saved_at: Date.now() };
  drafts.value = [...drafts.value.filter((other) => other.key !== draft.key), kept];
  try {
    await disk().write([{ put: "drafts", value: kept }]);
    savedAt.value = kept.saved_at;
    fault.value = null;
    fault.value = null;
  } catch {
    fault.value = "disk.failed";
  }
}

/** Throw a form away: only ever on the officer's own word. */
export async function dropDraft(key: string): Promise<void> {
  await disk().write([{ drop: "drafts", key }]);
  drafts.value = drafts.value.filter((draft) => draft.key !== key);
}
