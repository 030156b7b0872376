// Passkeys: signing in with finger, face or the phone's PIN instead of a password, and the list of one's own.
import { fromBase64, toBase64 } from "../../../shared/lib/bytes";
import { askAt, NetError } from "../../../shared/server/net";
import { endOwed } from "./leaving";
import { finishSignIn, type SessionAnswer } from "./session";

const DOOR = "/_allauth/browser/v1";
const OWN = `${DOOR}/account/authenticators`;

export interface Passkey {
  id: number;
  name: string;
  created_at: number; // seconds since 1970
  last_used_at: number | null;
}

/** Whether this browser knows passkeys. */
export const hasPasskeys = isSecureContext && typeof PublicKeyCredential !== "undefined";

function toUrl(bytes: ArrayBuffer): string {
  return toBase64(new Uint8Array(bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

interface Descriptor {
  id: string;
  type: "public-key";
  transports?: AuthenticatorTransport[];
}
type Asked = Omit<PublicKeyCredentialRequestOptions, "challenge" | "allowCredentials"> & {
  challenge: string;
  allowCredentials?: Descriptor[];
};
type Made = Omit<PublicKeyCredentialCreationOptions, "challenge" | "user" | "excludeCredentials"> & {
  challenge: string;
  user: { id: string; name: string; displayName: string };
  excludeCredentials?: Descriptor[];
};

const described = (list: readonly Descriptor[] = []): PublicKeyCredentialDescriptor[] =>
  list.map((one) => ({ ...one, id: fromBase64(one.id) }));

/** Sign in with a passkey; returns the key of a sentence, "" when the officer let it be, or null when signed in. */
export async function passkeySignIn(): Promise<string | null> {
  let credential: unknown;
  await endOwed();
  try {
    const { data } = await askAt<{ data: { request_options: { publicKey: Asked } } }>(`${DOOR}/auth/webauthn/login`);
    const wanted = data.data.request_options.publicKey;
    const publicKey = {
      ...wanted,
      challenge: fromBase64(wanted.challenge),
      allowCredentials: described(wanted.allowCredentials),
    };
    credential = asserted((await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null);
  } catch (error) {
    if (!(error instanceof NetError)) return "";
    const { failure } = error;
    if (failure.kind !== "refused") return `signin.${failure.kind}`;
    return failure.status === 409 ? "signin.already" : "signin.passkey";
  }
  if (credential === null) return "";
  const fault = await finishSignIn(() =>
    askAt<SessionAnswer>(`${DOOR}/auth/webauthn/login`, { method: "POST", json: { credential } }),
  );
  return fault === "signin.refused" ? "signin.passkey" : fault;
}

function asserted(made: PublicKeyCredential | null): unknown {
  if (made === null) return null;
  const answer = made.response as AuthenticatorAssertionResponse;
  return {
    ...head(made),
    response: {
      clientDataJSON: toUrl(answer.clientDataJSON),
      authenticatorData: toUrl(answer.authenticatorData),
      signature: toUrl(answer.signature),
      userHandle: answer.userHandle ? toUrl(answer.userHandle) : null,
    },
  };
}

function head(made: PublicKeyCredential): Record<string, unknown> {
  return {
    id: made.id,
    rawId: toUrl(made.rawId),
    type: made.type,
    authenticatorAttachment: (made as { authenticatorAttachment?: string }).authenticatorAttachment ?? null,
    clientExtensionResults: made.getClientExtensionResults(),
  };
}

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
