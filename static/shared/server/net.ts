// Words with the server: same origin, with a time-out, and every failure as one of a few kinds the app acts on.
import type { Address, Answer, Body, Method } from "./doors";

const TIMEOUT_MS = 20_000;

/** Why a request brought nothing: only `refused` has an answer from our server with its reason. */
export type Failure =
  | { kind: "offline" }
  | { kind: "signed_out" }
  | { kind: "maintenance"; until: number }
  | { kind: "refused"; status: number; code: string; detail: string; body: unknown };

export class NetError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}

export interface Reply<T> {
  status: number;
  data: T;
  etag: string | null;
  at: number | null; // the server's clock as it answered, milliseconds since 1970
  tookMs: number;
}

interface Asking<M = string, J = unknown> {
  method?: M;
  json?: J;
  body?: BodyInit;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

let speaker: string | null = null;

/** Whose word every question to our API is from now on: the server refuses it in a session of anybody else. */
export function speakFor(person: string | null): void {
  speaker = person;
}

/** Ask a door of our API, typed by its schema; throws NetError. A 304 answers with `data` null. */
export function ask<A extends Address, M extends Method = "GET">(
  path: A,
  asking: Asking<M, Body<A, M>> = {},
): Promise<Reply<Answer<A, M>>> {
  return askAt(path, asking);
}

/** Ask any address of our server, such as those of sign-in, which our schema does not know; throws NetError. */
export async function askAt<T>(path: string, asking: Asking = {}): Promise<Reply<T>> {
  const { method = "GET", json, body, timeoutMs = TIMEOUT_MS } = asking;
  const spoken: Record<string, string> = speaker !== null && path.startsWith("/api/v1/") ? { "X-Person": speaker } : {};
  const headers: Record<string, string> = { Accept: "application/json", ...spoken, ...asking.headers };
  if (json !== undefined) headers["Content-Type"] = "application/json";
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  try {
    if (method !== "GET" && method !== "HEAD") headers["X-CSRFToken"] = await csrf(stop.signal);
    const begun = performance.now();
    const response = await fetch(path, {
      method,
      headers,
      body: json === undefined ? (body ?? null) : JSON.stringify(json),
      credentials: "same-origin",
      cache: "no-store",
      signal: stop.signal,
    });
    return await read<T>(response, begun);
  } catch (error) {
    throw error instanceof NetError ? error : new NetError({ kind: "offline" });
  } finally {
    clearTimeout(timer);
  }
}

async function read<T>(response: Response, begun: number): Promise<Reply<T>> {
  const { status } = response;
  const text = status === 304 || status === 204 ? "" : await response.text();
  const tookMs = performance.now() - begun;
  const data: unknown = text ? parsed(text) : null;
  if (response.ok || status === 304) {
    if (data === undefined) throw new NetError({ kind: "offline" }); // the sign-in page of somebody's wireless network
    const date = response.headers.get("Date");
    return { status, data: data as T, etag: response.headers.get("ETag"), at: date ? Date.parse(date) : null, tookMs };
  }
  if (status === 503) throw new NetError({ kind: "maintenance", until: retryAt(response.headers.get("Retry-After")) });
  const problem = (data ?? {}) as { code?: string; detail?: string; title?: string };
  if (status === 401 || (status === 403 && problem.code === "another_person"))
    throw new NetError({ kind: "signed_out" });
  if (status === 413 && !data)
    throw new NetError({ kind: "refused", status, code: "too_large", detail: "", body: null }); // a proxy's
  if (status === 502 || status === 504 || data === undefined) throw new NetError({ kind: "offline" });
  const { code = "", detail = problem.title ?? "" } = problem;
  throw new NetError({ kind: "refused", status, code, detail, body: data });
}

/** A page of a portal or proxy instead of an answer of ours reads as undefined. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function retryAt(header: string | null): number {
  const seconds = Number(header);
  if (header && Number.isFinite(seconds)) return Date.now() + Math.max(0, seconds) * 1000;
  const date = header ? Date.parse(header) : NaN;
  return Number.isNaN(date) ? Date.now() + 30_000 : date;
}

/** The token against forged requests, out of its cookie; fetched once where there is none. */
async function csrf(signal: AbortSignal): Promise<string> {
  const jar = await cookies();
  const found = /(?:^|; )csrftoken=([^;]+)/.exec(jar)?.[1];
  if (found) return found;
  await fetch("/_allauth/browser/v1/config", { credentials: "same-origin", cache: "no-store", signal });
  return /(?:^|; )csrftoken=([^;]+)/.exec(await cookies())?.[1] ?? "";
}

/** A page reads its cookies from the document, the worker from the cookie store. */
async function cookies(): Promise<string> {
  if (typeof document !== "undefined") return document.cookie;
  const store = (globalThis as { cookieStore?: { get(name: string): Promise<{ value: string } | null> } }).cookieStore;
  const token = await store?.get("csrftoken");
  return token ? `csrftoken=${token.value}` : "";
}
