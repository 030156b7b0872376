// Passkeys, as far as a screen has to know of them before it draws.
/** Whether this browser knows passkeys. */
export const hasPasskeys = isSecureContext && typeof PublicKeyCredential !== "undefined";
