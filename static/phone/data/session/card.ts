// The officer card: fetched when there is a network, saved on disk, shown without a network too.
import { effect, signal } from "@preact/signals";
import { ask, NetError } from "../../../shared/server/net";
import type { Schemas } from "../../../shared/server/schemas";
import { disk, isHeld, isOpen, me } from "../disk/store";

export type OfficerCard = Schemas["CardDocument"];

/** `none`: this person's role has no card. `missing`: not fetched yet, and no network now. */
export const cardState = signal<"reading" | "here" | "none" | "missing">("reading");
export const card = signal<OfficerCard | null>(null);
let owner: string | null = null;
effect(() => {
  if (me.value === null) card.value = null; // its secret stays in no memory
});

const FORBIDDEN = 403;

/** Forget the card: this person never stands at a door any more, or as somebody else. */
export async function dropCard(): Promise<void> {
  card.value = null;
  await disk().write([{ drop: "meta", key: "card" }]);
}

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
    const { failure } = error;
    const none = failure.kind === "refused" && failure.status === FORBIDDEN;
    if (none && kept && isHeld(mine)) await dropCard();
    if (kept && !none) return;
    cardState.value = failure.kind === "refused" ? "none" : "missing";
  }
}
