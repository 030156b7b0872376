// Storage that was cleared while the app is open: what the page still knows goes back to disk, under a new name of this phone.
import { language } from "../../../shared/words/say";
import { type Memory, remember } from "../disk/connection";
import { countedAnew } from "../disk/counting";
import { notePhone } from "../disk/phone-note";
import * as store from "../disk/store";
import type { Op } from "../disk/tables";
import { carried } from "../outbox/handover";
import { scripts } from "../work/scripts";
import { card } from "./card";
import { lock } from "./lock";
import { remainHere } from "./session";

/** The rows of a new disk; photos follow one by one, for one that can't be read any more must not keep the others away. */
function rows(): Op[] {
  const document = store.work.peek();
  const entries = store.entries.peek();
  const noted = {
    duty: store.duty.peek(),
    app: store.appInfo.peek(),
    offset: store.compared.peek() ? store.offset.peek() : null,
    lock: lock.peek(),
    card: card.peek(),
    handover_carried: carried.peek(),
  };
  const held: Op[] = [
    ...entries.map((value): Op => ({ put: "outbox", value })),
    ...store.drafts.peek().map((value): Op => ({ put: "drafts", value })),
    ...scripts.peek().map((content): Op => ({ put: "scripts", value: { sha256: content.sha256, content } })),
    ...Object.entries(noted).flatMap(([key, value]): Op[] => (value === null ? [] : [{ put: "meta", key, value }])),
  ];
  const fetched_at = store.syncedAt.peek() ?? 0;
  if (document) held.push({ put: "work", key: "document", value: { document, fetched_at } });
  return [...held, ...countedAnew(entries)];
}

async function photosBack(): Promise<void> {
  let lost = 0;
  for (const photo of store.photos.peek()) {
    await store
      .disk()
      .write([{ put: "photos", value: photo }])
      .catch(() => {
        lost += 1;
      });
  }
  store.cleared.value = { photos: lost };
}

const isHere = (person: string): boolean => store.me.peek()?.id === person && store.isOpen();

const memory: Memory = {
  rows: (person) => (isHere(person) ? rows() : []),
  made: (person) => {
    if (!isHere(person)) return;
    store.cleared.value = { photos: 0 };
    remainHere();
    void notePhone("language", language.peek());
    void photosBack();
  },
};

remember(memory);
