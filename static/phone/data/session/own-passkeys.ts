// One's own passkeys: listed, made, taken away.
import { fromBase64 } from "../../../shared/lib/bytes";
import { askAt, NetError } from "../../../shared/server/net";
import { type Descriptor, DOOR, described, head, toUrl } from "./passkey";

const OWN = `${DOOR}/account/authenticators`;

export interface Passkey {
  id: number;
  name: string;
  created_at: number; // seconds since 1970
  last_used_at: number | null;
}

type Made = Omit<PublicKeyCredentialCreationOptions, "challenge" | "user" | "excludeCredentials"> & {
  challenge: string;
  user: { id: string; name: string; displayName: string };
  excludeCredentials?: Descriptor[];
};

/** One's own passkeys; null where the server can't be reached. */
export async function listPasskeys(): Promise<Passkey[] | null> {
  try {
    const { data } = await askAt<{ data: (Passkey & { type: string })[] }>(OWN);
    return data.data.filter((one) => one.type === "webauthn");
  } catch (error) {
    if (error instanceof NetError) return null;
    throw error;
  }
}

/** How a change of passkeys went: `password` means that the server first wants the password again. */
export type Changed = "done" | "password" | "offline" | "left" | "refused";

/** Make a passkey on this phone under a name. */
export async function addPasskey(name: string): Promise<Changed> {
  return changing(async () => {
    const { data } = await askAt<{ data: { creation_options: { publicKey: Made } } }>(`${OWN}/webauthn?passwordless`);
    const wanted = data.data.creation_options.publicKey;
    const publicKey = {
      ...wanted,
      challenge: fromBase64(wanted.challenge),
      user: { ...wanted.user, id: fromBase64(wanted.user.id) },
      excludeCredentials: described(wanted.excludeCredentials),
    };
    const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null;
    if (made === null) return "left";
    const answer = made.response as AuthenticatorAttestationResponse;
    const response = {
      clientDataJSON: toUrl(answer.clientDataJSON),
      attestationObject: toUrl(answer.attestationObject),
      transports: answer.getTransports?.() ?? [],
    };
    await askAt(`${OWN}/webauthn`, { method: "POST", json: { name, credential: { ...head(made), response } } });
    return "done";
  });
}

/** Take a passkey away from one's account. */
export async function dropPasskey(id: number): Promise<Changed> {
  return changing(async () => {
    await askAt(`${OWN}/webauthn`, { method: "DELETE", json: { authenticators: [id] } });
    return "done";
  });
}

/** Show the server the password again, as it wants before such a change. */
export async function provePassword(password: string): Promise<Changed> {
  const answer = await changing(async () => {
    await askAt(`${DOOR}/auth/reauthenticate`, { method: "POST", json: { password } });
    return "done";
  });
  return answer === "password" ? "refused" : answer;
}

async function changing(change: () => Promise<Changed>): Promise<Changed> {
  try {
    return await change();
  } catch (error) {
    if (!(error instanceof NetError)) return "left"; // the browser's own window was closed
    if (error.failure.kind === "signed_out") return "password";
    return error.failure.kind === "refused" ? "refused" : "offline";
  }
}
