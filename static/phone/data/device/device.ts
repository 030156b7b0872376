// What this phone tells the server about itself, and how many of its acts the server misses.
import { signal } from "@preact/signals";
import { ask, NetError } from "../../../shared/server/net";
import type { Schemas } from "../../../shared/server/schemas";
import { language } from "../../../shared/words/say";
import { me, offset, unsent } from "../disk/store";
import { device, lastNumber } from "../outbox/acts";
import { learnClock } from "../work/clock";

/** The id of the build that runs here, as its shell names it. */
const meta = typeof document === "undefined" ? null : document.querySelector<HTMLMetaElement>(`meta[name="build"]`);
export const BUILD = meta?.content || "development";

type DeviceAnswer = Schemas["DeviceAnswer"];

export const gap = signal<DeviceAnswer["gap"]>(null);
export const oldest = signal(""); // the oldest build that may still send; empty: any
export const newest = signal<string | null>(null); // the build that the server serves

/** Tell the server how this phone stands; its answer brings the clock and what never arrived. */
export async function reportDevice(): Promise<void> {
  if (!me.value) return;
  // The counter first: what is written in between then counts as unsent rather than as lost.
  const last_seq = await lastNumber();
  const waiting = unsent.value;
  const json = {
    device: await device(),
    app_version: BUILD,
    last_seq,
    unsent: waiting.length,
    oldest_unsent_at: waiting[0]?.happened_at ?? null,
    clock_offset_ms: Math.round(offset.value),
    persisted: (await navigator.storage?.persisted?.()) ?? false,
    standalone: matchMedia("(display-mode: standalone)").matches,
    language: language.value,
  };
  try {
    const { data, tookMs } = await ask("/api/v1/device", { method: "POST", json });
    gap.value = data.gap;
    newest.value = data.app.current;
    oldest.value = data.app.oldest;
    await learnClock(Date.parse(data.server_time), tookMs);
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
  }
}
