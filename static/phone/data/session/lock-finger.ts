// Finger, face or the phone's PIN instead of the code: checked by the phone, with no server and no network.
import { fromBase64, toBase64 } from "../../../shared/lib/bytes";
import { MOST_TRIES } from "../../domain/device/lock-code";
import { disk, me } from "../disk/store";
import { change, KEY, type Lock, lock, opened } from "./lock";

/** Have the phone's own check open the lock from now on; returns whether it was agreed to. */
export async function addFinger(): Promise<boolean> {
  const person = me.value;
  if (!lock.value || !person) return false;
  try {
    const made = (await navigator.credentials.create({
      publicKey: {
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        rp: { name: "Doorstep", id: location.hostname },
        user: { id: crypto.getRandomValues(new Uint8Array(16)), name: person.username, displayName: person.username },
        pubKeyCredParams: [
          { type: "public-key", alg: -7 },
          { type: "public-key", alg: -257 },
        ],
        authenticatorSelection: { authenticatorAttachment: "platform", userVerification: "required" },
        timeout: 60_000,
      },
    })) as PublicKeyCredential | null;
    if (!made) return false;
    const finger = toBase64(new Uint8Array(made.rawId));
    return (await change((held) => held && { ...held, finger })) !== null;
  } catch {
    return false;
  }
}

export async function dropFinger(): Promise<void> {
  await change((held) => held && { ...held, finger: null });
}

/** Ask the phone who holds it; opens when it is satisfied. */
export async function tryFinger(): Promise<boolean> {
  const held = await disk()
    .get<Lock>("meta", KEY)
    .catch(() => null);
  const id = held?.finger;
  if (!id || held.tries >= MOST_TRIES) return false;
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  try {
    const proof = (await navigator.credentials.get({
      publicKey: {
        challenge,
        rpId: location.hostname,
        allowCredentials: [{ type: "public-key", id: fromBase64(id), transports: ["internal"] }],
        userVerification: "required",
        timeout: 60_000,
      },
    })) as PublicKeyCredential | null;
    if (!proof || !isVerified(proof.response as AuthenticatorAssertionResponse, challenge)) return false;
    await opened();
    return true;
  } catch {
    return false;
  }
}

const USER_VERIFIED = 0x04;

function isVerified(answer: AuthenticatorAssertionResponse, challenge: Uint8Array): boolean {
  const told = JSON.parse(new TextDecoder().decode(answer.clientDataJSON)) as { challenge: string };
  const flags = new Uint8Array(answer.authenticatorData)[32] ?? 0;
  return toBase64(fromBase64(told.challenge)) === toBase64(challenge) && (flags & USER_VERIFIED) !== 0;
}
