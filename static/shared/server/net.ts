// Requests to the server: same origin, with a time-out, and every failure as one of a few kinds that the app handles.
import type { Address, Answer, Body, Method } from "./doors";

const TIMEOUT_MS = 20_000;

/**
 * What came instead of our server's answer: somebody else's, a gateway's word that our server gives none, or our server's
 * that a cookie or header of ours never reached it.
 */
export type Between = "foreign" | "down" | "cookies";

/** Why a request brought nothing: only `refused` has an answer from our server with its reason. */
export type Failure =
  | { kind: "offline"; why?: Between }
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
  at: number | null; // our server's own word for its clock as it answered, milliseconds since 1970: never a proxy's
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

let removed: (person: string) => void = () => undefined;

/** Called when the server says that the right of the person for whom was asked is taken away: their session is no more. */
export function onRemoved(call: (person: string) => void): void {
  removed = call;
}

/** Ask a door of our API, typed by its schema; throws NetError. A 304 answers with `data` null. */
export function ask<A extends Address, M extends Method = "GET">(
  path: A,
  asking: Asking<M, Body<A, M>> = {},
): Promise<Reply<Answer<A, M>>> {
  return askAt(path, asking);
}

let sessions = 0;

/** Called when a sign-in was answered: what was asked before it and is refused after it says nothing of this session. */
export function beginSession(): void {
  sessions += 1;
}

/** Ask any address of our server, such as those of sign-in, which our schema does not know; throws NetError. */
export async function askAt<T>(path: string, asking: Asking = {}): Promise<Reply<T>> {
  const asked = { person: speaker, session: sessions };
  try {
    return await askOnce(path, asking, false);
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    const { failure } = error;
    const spoiled = failure.kind === "offline" && failure.why === "cookies"; // the token may be another one by now
    const outlived = failure.kind === "signed_out" && asked.session !== sessions && asked.person === speaker;
    if (!spoiled && !outlived) throw error;
    return askOnce(path, asking, spoiled);
  }
}

async function askOnce<T>(path: string, asking: Asking, anew: boolean): Promise<Reply<T>> {
  const { method = "GET", json, body, timeoutMs = TIMEOUT_MS } = asking;
  const spoken: Record<string, string> = speaker !== null && path.startsWith("/api/v1/") ? { "X-Person": speaker } : {};
  const headers: Record<string, string> = { Accept: "application/json", ...spoken, ...asking.headers };
  if (json !== undefined) headers["Content-Type"] = "application/json";
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  try {
    if (method !== "GET" && method !== "HEAD") headers["X-CSRFToken"] = await csrf(stop.signal, anew);
    const begun = performance.now();
    const response = await fetch(path, {
      method,
      headers,
      body: json === undefined ? (body ?? null) : JSON.stringify(json),
      credentials: "same-origin",
      cache: "no-store",
      signal: stop.signal,
    });
    return await read<T>(response, begun, headers["X-Person"]);
  } catch (error) {
    throw error instanceof NetError ? error : new NetError({ kind: "offline" });
  } finally {
    clearTimeout(timer);
  }
}

async function read<T>(response: Response, begun: number, person?: string): Promise<Reply<T>> {
  const { status } = response;
  const text = status === 304 || status === 204 ? "" : await response.text();
  const tookMs = performance.now() - begun;
  const data: unknown = text ? parsed(text) : null;
  if (response.ok || status === 304) {
    if (data === undefined) throw between("foreign"); // the sign-in page of somebody's wireless network
    const at = Number(response.headers.get("X-Server-Time")) || null;
    return { status, data: data as T, etag: response.headers.get("ETag"), at, tookMs };
  }
  if (status === 503) throw new NetError({ kind: "maintenance", until: retryAt(response.headers.get("Retry-After")) });
  if (status === 413 && !data)
    throw new NetError({ kind: "refused", status, code: "too_large", detail: "", body: null }); // a proxy's
  if (status === 502 || status === 504) throw between("down");
  if (data === undefined) throw between("foreign");
  const problem = (data ?? {}) as Problem;
  const { code = problem.errors?.[0]?.code ?? "", detail = problem.title ?? "" } = problem;
  if (status === 403 && code === "csrf") throw between("cookies");
  if (status === 401 && code === "right_removed" && person) removed(person);
  if (status === 401 || (status === 403 && code === "another_person")) throw new NetError({ kind: "signed_out" });
  throw new NetError({ kind: "refused", status, code, detail, body: data });
}

/** A problem document of ours, or the list of errors of the library that signs people in. */
interface Problem {
  code?: string;
  detail?: string;
  title?: string;
  errors?: { code?: string }[];
}

const between = (why: Between): NetError => new NetError({ kind: "offline", why });

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

/** The token against forged requests, out of its cookie; fetched where there is none, or `anew`. */
async function csrf(signal: AbortSignal, anew: boolean): Promise<string> {
  const found = anew ? "" : await token();
  if (found) return found;
  await fetch("/_allauth/browser/v1/config", { credentials: "same-origin", cache: "no-store", signal });
  return token();
}

interface Cookie {
  name: string;
  value: string;
}

/** By our own names: what a neighbour sets for the whole domain is none of ours. Over https it has the first one. */
async function token(): Promise<string> {
  const jar = typeof document === "undefined" ? await fromStore() : document.cookie;
  const values = ["__Host-doorstep-csrf", "doorstep-csrf"].map((name) => jar.match(`(?:^|; )${name}=([^;]+)`)?.[1]);
  return values[0] ?? values[1] ?? "";
}

/** A page reads its cookies from the document, the worker from the cookie store. */
async function fromStore(): Promise<string> {
  const { cookieStore } = globalThis as { cookieStore?: { getAll(): Promise<Cookie[]> } };
  const all = (await cookieStore?.getAll()) ?? [];
  return all.map(({ name, value }) => `${name}=${value}`).join("; ");
}
