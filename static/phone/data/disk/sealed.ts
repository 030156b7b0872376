// Sealed boxes that nobody on this phone can open: they wait here until the person who signs in next delivers them.
import type { Envelope } from "../../domain/outbox/envelope";
import { phone } from "./phone-note";

const KEY = "sealed";

/** A box of somebody whose right was taken away, and how many records are in it. */
export interface Sealed extends Envelope {
  records: number;
}

/** What is sealed on this phone. */
export async function sealedHere(): Promise<Sealed[]> {
  const noted = await phone();
  try {
    return ((await noted.get("phone", KEY)) as Sealed[] | undefined) ?? [];
  } finally {
    noted.close();
  }
}

/** Keep more envelopes; on disk when this resolves. */
export async function keepSealed(more: readonly Sealed[]): Promise<void> {
  await change((held) => [...held, ...more]);
}

/** Let go of an envelope that somebody carries from now on. */
export async function dropSealed({ box }: Envelope): Promise<void> {
  await change((held) => held.filter((one) => one.box !== box));
}

async function change(make: (held: Sealed[]) => Sealed[]): Promise<void> {
  const noted = await phone();
  try {
    const writing = noted.transaction("phone", "readwrite", { durability: "strict" });
    const held = ((await writing.store.get(KEY)) as Sealed[] | undefined) ?? [];
    await writing.store.put(make(held), KEY);
    await writing.done;
  } finally {
    noted.close();
  }
}
