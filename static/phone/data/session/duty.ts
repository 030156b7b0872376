// On duty or off: asked of the server, remembered on disk, so that a restart without a network still knows.
import { ask, NetError } from "../../../shared/server/net";
import { type Duty, disk, duty, isHeld, isOpen, online } from "../disk/store";

/** Ask about duty and keep the answer, unless somebody else has signed in meanwhile; throws NetError. */
async function keep(asking: { method: string; json: unknown } | Record<string, never>): Promise<void> {
  if (!isOpen()) return;
  const mine = disk();
  const { data } = await ask<Duty>("/api/v1/duty", asking);
  if (!isHeld(mine)) return;
  duty.value = data;
  try {
    await mine.write([{ put: "meta", key: "duty", value: data }]);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // no room: the server is asked again at the next start
  }
}

/** Ask the server whether this person is on duty; without a network what is known stays. */
export async function readDuty(): Promise<void> {
  try {
    await keep({});
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
  }
}

/** Go on or off duty; returns false where the server could not be told: it must know, or it would send nobody. */
export async function setDuty(on_duty: boolean): Promise<boolean> {
  try {
    await keep({ method: "POST", json: { on_duty } });
    return true;
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    if (error.failure.kind === "offline") online.value = false;
    return false;
  }
}
