// Counts what is on the disk only, unsent or unsettled: what signing out would lose.
import type { Disk } from "../disk/tables";

export interface Stake {
  records: number;
  unsettled: number; // sent, and the officer has not yet said how they count: after this only the server knows
  photos: number;
  drafts: number;
  unsure: boolean; // the disk could not be read: there may be more
}

export const NOTHING: Stake = { records: 0, unsettled: 0, photos: 0, drafts: 0, unsure: false };
const CARRIED = "handover_carried";

/** How many envelopes of others this disk still has to deliver. */
export async function carriedOn(disk: Disk): Promise<number> {
  return ((await disk.get<unknown[]>("meta", CARRIED)) ?? []).length;
}

/** Count what is on a disk; one that can't be read leaves it open. */
export async function stakeIn(disk: Disk): Promise<Stake> {
  try {
    let counted = NOTHING;
    await disk.review(({ entries, photos, drafts }) => {
      const listed = new Set(entries.flatMap((entry) => entry.photos));
      counted = {
        ...NOTHING,
        records: entries.filter((entry) => entry.state === "waiting").length,
        unsettled: entries.filter((entry) => entry.state === "answered" && entry.needs).length,
        photos: photos.filter((photo) => listed.has(photo.uuid) && !photo.complete && !photo.refused).length,
        drafts: drafts.filter((draft) => draft.touched).length,
      };
      return [];
    });
    return { ...counted, records: counted.records + (await carriedOn(disk)) };
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return { ...NOTHING, unsure: true };
  }
}

export function together(one: Stake, other: Stake): Stake {
  return {
    records: one.records + other.records,
    unsettled: one.unsettled + other.unsettled,
    photos: one.photos + other.photos,
    drafts: one.drafts + other.drafts,
    unsure: one.unsure || other.unsure,
  };
}
