// Codes that change with time (RFC 6238 over HMAC-SHA-1, RFC 4226): what the officer card shows.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The bytes of a base32 text (RFC 4648), with padding or without; throws on anything else. */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> {
  const letters = text.toUpperCase().replace(/=+$/, "");
  const bytes = new Uint8Array(Math.floor((letters.length * 5) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const letter of letters) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) throw new Error("Not base32.");
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 0xff;
    }
  }
  return bytes;
}

/** The code of one minute; needs a secure page, for that is where browsers reckon HMAC. */
export async function codeOf(secret: Uint8Array<ArrayBuffer>, counter: number, digits: number): Promise<string> {
  const message = new DataView(new ArrayBuffer(8));
  message.setUint32(0, Math.floor(counter / 2 ** 32));
  message.setUint32(4, counter >>> 0);
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-1" }, false, ["sign"]);
  const mac = new DataView(await crypto.subtle.sign("HMAC", key, message.buffer));
  const start = mac.getUint8(mac.byteLength - 1) & 0xf;
  const number = mac.getUint32(start) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}

/** Which minute a moment lies in, counted since 1970, and the milliseconds until the next one. */
export function counterAt(ms: number, periodS: number): { counter: number; leftMs: number } {
  const period = periodS * 1000;
  return { counter: Math.floor(ms / period), leftMs: period - (((ms % period) + period) % period) };
}
