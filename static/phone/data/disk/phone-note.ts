// What the worker must know of this phone. A worker has no localStorage, so this is in a small database of its own.
import { type IDBPDatabase, openDB } from "idb";
import { soon } from "./connection";

const PHONE = "doorstep";

/** The database of the phone itself, whoever is signed in. */
export async function phone(): Promise<IDBPDatabase> {
  const opening = openDB(PHONE, 1, {
    upgrade(made) {
      made.createObjectStore("phone");
    },
  });
  return soon(opening);
}

/** Note something about this phone that the worker must know: who is signed in, which language is spoken. */
export async function notePhone(key: "person" | "language", value: string | null): Promise<void> {
  try {
    const noted = await phone();
    if (value === null) await noted.delete("phone", key);
    else await noted.put("phone", value, key);
    noted.close();
  } catch {
    // Without a disk there is no worker's turn either.
  }
}

/** What was noted about this phone, or null. */
export async function phoneNote(key: "person" | "language"): Promise<string | null> {
  const noted = await phone();
  try {
    return ((await noted.get("phone", key)) as string | undefined) ?? null;
  } finally {
    noted.close();
  }
}
