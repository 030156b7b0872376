// The quick code: how it is kept and checked. It keeps a passer-by out; who has the phone and time needs more than this.
import { fromBase64, toBase64 } from "../../../shared/lib/bytes";

export const ITERATIONS = 310_000;
export const MOST_TRIES = 5;
const CODE = /^\d{4,6}$/;
const EASY = ["0123456789", "9876543210"];

export interface KeptCode {
  salt: string; // base64
  hash: string; // base64 of PBKDF2-HMAC-SHA-256
  iterations: number;
  length: number;
}

/** Why a code will not do, or null: 4 to 6 digits, not all the same, not counting up or down. */
export function codeFault(code: string): "digits" | "easy" | null {
  if (!CODE.test(code)) return "digits";
  return /^(\d)\1+$/.test(code) || EASY.some((row) => row.includes(code)) ? "easy" : null;
}

/** What is kept of a code. */
export async function keptCode(code: string, iterations: number = ITERATIONS): Promise<KeptCode> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const hash = await derive(code, salt, iterations);
  return { salt: toBase64(salt), hash: toBase64(hash), iterations, length: code.length };
}

/** Whether a code is the one that was kept. */
export async function isCode(code: string, kept: KeptCode): Promise<boolean> {
  const hash = await derive(code, fromBase64(kept.salt), kept.iterations);
  const wanted = fromBase64(kept.hash);
  let differs = hash.length ^ wanted.length;
  for (const [place, byte] of hash.entries()) differs |= byte ^ (wanted[place] ?? 0);
  return differs === 0;
}

async function derive(code: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(code), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, key, 256);
  return new Uint8Array(bits);
}

/** Whether a phone untouched since `touched` locks at `now`; 0 minutes is never. A clock set back locks too. */
export function isIdle(touched: number, now: number, minutes: number): boolean {
  if (minutes === 0) return false;
  return now - touched >= minutes * 60_000 || now < touched - 60_000;
}
