// Passkeys: signing in with finger, face or the phone's PIN instead of a password.
import { fromBase64, toBase64 } from "../../../shared/lib/bytes";
import { askAt, NetError } from "../../../shared/server/net";
import { endOwed } from "./leaving";
import { finishSignIn, refusal, type SessionAnswer } from "./session";

export const DOOR = "/_allauth/browser/v1";

/** Bytes as the server reads them. */
export function toUrl(bytes: ArrayBuffer): string {
  return toBase64(new Uint8Array(bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export interface Descriptor {
  id: string;
  type: "public-key";
  transports?: AuthenticatorTransport[];
}
type Asked = Omit<PublicKeyCredentialRequestOptions, "challenge" | "allowCredentials"> & {
  challenge: string;
  allowCredentials?: Descriptor[];
};
/** Credentials as the browser takes them. */
export const described = (list: readonly Descriptor[] = []): PublicKeyCredentialDescriptor[] =>
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
    if (failure.kind !== "refused") return refusal(error);
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

/** What every answer of a credential has. */
export function head(made: PublicKeyCredential): Record<string, unknown> {
  return {
    id: made.id,
    rawId: toUrl(made.rawId),
    type: made.type,
    authenticatorAttachment: (made as { authenticatorAttachment?: string }).authenticatorAttachment ?? null,
    clientExtensionResults: made.getClientExtensionResults(),
  };
}
