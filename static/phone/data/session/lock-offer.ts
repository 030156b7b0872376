// The quick code is offered once, when duty first begins on this phone; afterwards only Me speaks of it.
import { disk } from "../disk/store";
import { canLock, lock } from "./lock";

const OFFERED = "lock_offered";

export async function wantsLockOffer(): Promise<boolean> {
  return canLock && lock.value === null && (await disk().get<boolean>("meta", OFFERED)) !== true;
}

export async function noteLockOffered(): Promise<void> {
  await disk().write([{ put: "meta", key: OFFERED, value: true }]);
}
