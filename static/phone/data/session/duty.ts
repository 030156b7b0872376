// On duty or off: read from the server and saved on disk, so that the app knows it after a start without a network.
import { ask, NetError, type Reply } from "../../../shared/server/net";
import { type Duty, disk, duty, isHeld, isOpen, unreached } from "../disk/store";

/** Save what the server says about duty, unless somebody else has signed in meanwhile; throws NetError. */
async function keep(asked: Promise<Reply<Duty>>): Promise<void> {
  const mine = disk();
  const { data } = await asked;
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
  if (!isOpen()) return;
  try {
    await keep(ask("/api/v1/duty"));
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
  }
}

/** Go on or off duty; returns false where the server could not be told: it must know, or it would send nobody. */
export async function setDuty(on_duty: boolean): Promise<boolean> {
  if (!isOpen()) return true;
  try {
    await keep(ask("/api/v1/duty", { method: "POST", json: { on_duty } }));
    return true;
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    if (error.failure.kind === "offline") unreached(error.failure.why);
    return false;
  }
}
