// The quick code is offered once, when duty first begins on this phone; afterwards only Me speaks of it.
import { canLock, lock } from "./lock";
import { disk } from "../disk/store";

const OFFERED = "lock_offered";

export async function wantsLockOffer(): Promise<boolean> {
  return canLock && lock.value === null && (await disk().get<boolean>("meta", OFFERED)) !== true;
}

export async function noteLockOffered(): Promise<void> {
  await disk().write([{ put: "meta", key: OFFERED, value: true }]);
}
