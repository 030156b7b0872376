// What the worker must know of this phone. It has no localStorage, so that stands in a small database of its own.
import { type IDBPDatabase, openDB } from "idb";

const PHONE = "doorstep";

async function phone(): Promise<IDBPDatabase> {
  return openDB(PHONE, 1, {
    upgrade(made) {
      made.createObjectStore("phone");
    },
  });
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
