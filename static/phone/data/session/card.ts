// The officer card: fetched when there is a network, kept on disk, shown without one.
import { signal } from "@preact/signals";
import { ask, NetError } from "../../../shared/server/net";
import type { Schemas } from "../../../shared/server/schemas";
import { disk, isHeld, isOpen, me } from "../disk/store";

export type OfficerCard = Schemas["CardDocument"];

/** `none`: this person never stands at a door. `missing`: not fetched yet, and no network now. */
export const cardState = signal<"reading" | "here" | "none" | "missing">("reading");
export const card = signal<OfficerCard | null>(null);
let owner: string | null = null;

/** Read the card from disk, then ask the server: an admin may have made a new one. */
export async function readCard(): Promise<void> {
  const person = me.value?.id ?? null;
  const number = me.value?.username;
  if (!person || !isOpen()) return;
  const mine = disk();
  if (owner !== person) card.value = null;
  owner = person;
  const found = await mine.get<OfficerCard>("meta", "card");
  const kept = found?.number === number ? found : undefined;
  if (owner !== person || !isHeld(mine)) return;
  if (kept) card.value = kept;
  cardState.value = kept ? "here" : "reading";
  try {
    const { data } = await ask("/api/v1/card");
    if (me.value?.id !== person || !isHeld(mine)) return;
    if (data.number !== number) throw new NetError({ kind: "signed_out" }); // the card of another person
    card.value = data;
    cardState.value = "here";
    await mine.write([{ put: "meta", key: "card", value: data }]);
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    if (kept) return;
    cardState.value = error.failure.kind === "refused" ? "none" : "missing";
  }
}
