// The officer card: fetched when there is a network, kept on disk, shown without one.
import { signal } from "@preact/signals";
import { ask, NetError } from "./net";
import { disk, isOpen, me } from "./store";

export interface OfficerCard {
  number: string;
  name: string;
  role: string;
  unit: string | null;
  secret: string; // base32
  period_s: number;
  digits: number;
  hotline: string;
}

/** `none`: this person never stands at a door. `missing`: not fetched yet, and no network now. */
export const cardState = signal<"reading" | "here" | "none" | "missing">("reading");
export const card = signal<OfficerCard | null>(null);
let owner: string | null = null;

/** Read the card from disk, then ask the server: an admin may have made a new one. */
export async function readCard(): Promise<void> {
  const person = me.value?.id ?? null;
  if (!person || !isOpen()) return;
  if (owner !== person) card.value = null;
  owner = person;
  const kept = await disk().get<OfficerCard>("meta", "card");
  if (owner !== person) return;
  if (kept) card.value = kept;
  cardState.value = kept ? "here" : "reading";
  try {
    const { data } = await ask<OfficerCard>("/api/v1/card");
    if (me.value?.id !== person) return;
    card.value = data;
    cardState.value = "here";
    await disk().write([{ put: "meta", key: "card", value: data }]);
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    if (kept) return;
    cardState.value = error.failure.kind === "refused" ? "none" : "missing";
  }
}
