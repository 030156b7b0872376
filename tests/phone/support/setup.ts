// What a browser lends the phone, for tests in Node: a disk, locks, cookies, storage, a channel between tabs.
import "fake-indexeddb/auto";
import { vi } from "vitest";

class Storage {
  readonly held = new Map<string, string>();
  getItem(key: string): string | null {
    return this.held.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.held.set(key, value);
  }
  removeItem(key: string): void {
    this.held.delete(key);
  }
}

export const channels = new Set<Channel>();

/** Reaches every other channel of the process, each "tab" (copy of the modules) having one. */
class Channel {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  constructor() {
    channels.add(this);
  }
  postMessage(data: unknown): void {
    for (const other of channels) if (other !== this) queueMicrotask(() => other.onmessage?.({ data }));
  }
}

interface LockAsked {
  signal?: AbortSignal;
  steal?: boolean;
}

/** One holder at a time of each name, in the order of asking; who waits may give up, and who steals has it at once. */
class Locks {
  private readonly queues = new Map<string, (() => void)[]>();
  private readonly holders = new Map<string, (error: DOMException) => void>();
  held = 0;
  most = 0;

  request<T>(name: string, asked: LockAsked | (() => Promise<T>), step?: () => Promise<T>): Promise<T> {
    const work = typeof asked === "function" ? asked : (step as () => Promise<T>);
    const { signal, steal = false } = typeof asked === "function" ? {} : asked;
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        if (signal?.aborted) {
          this.next(name);
          return;
        }
        this.holders.set(name, reject);
        this.held += 1;
        this.most = Math.max(this.most, this.held);
        const end = (): void => {
          this.held -= 1;
          if (this.holders.get(name) === reject) this.next(name);
        };
        queueMicrotask(() => void work().then(resolve, reject).finally(end));
      };
      signal?.addEventListener("abort", () => reject(signal.reason));
      const holder = this.holders.get(name);
      if (steal && holder) {
        holder(new DOMException("stolen", "AbortError"));
        begin();
      } else if (holder) this.queueOf(name).push(begin);
      else begin();
    });
  }

  private next(name: string): void {
    this.holders.delete(name);
    this.queueOf(name).shift()?.();
  }

  private queueOf(name: string): (() => void)[] {
    const queue = this.queues.get(name) ?? [];
    this.queues.set(name, queue);
    return queue;
  }
}

export const storage = new Storage();
/** What the window hears; the windows of the phone before hear nothing more. */
export const heard = {
  by: new EventTarget(),
  dispatchEvent(event: Event): boolean {
    return this.by.dispatchEvent(event);
  },
};
export const page = { visibilityState: "visible" };
export const reloaded = vi.fn();
const documents = new EventTarget();

vi.stubGlobal("localStorage", storage);
vi.stubGlobal("BroadcastChannel", Channel);
vi.stubGlobal("isSecureContext", true);
vi.stubGlobal("location", { protocol: "https:", host: "doorstep.test", pathname: "/", reload: reloaded });
vi.stubGlobal("addEventListener", (kind: string, call: EventListener) => heard.by.addEventListener(kind, call));
vi.stubGlobal("document", {
  cookie: "doorstep-csrf=token",
  documentElement: { lang: "" },
  get visibilityState() {
    return page.visibilityState;
  },
  querySelector: () => null,
  addEventListener: documents.addEventListener.bind(documents),
  dispatchEvent: documents.dispatchEvent.bind(documents),
});
lendLocks(true);

/** Lend Web Locks, or not, as browsers do. */
export function lendLocks(lent: boolean): Locks {
  const locks = new Locks();
  vi.stubGlobal("navigator", { language: "zh-CN", ...(lent ? { locks } : {}) });
  return locks;
}

/** Let everything run that needs no clock: answers, transactions, what follows from them. */
export async function settle(rounds = 60): Promise<void> {
  for (let round = 0; round < rounds; round += 1) await new Promise((next) => setImmediate(next));
}

/** Wait, without a clock, until something is so. */
export async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < 3000; round += 1) {
    if (await so()) return;
    await new Promise((next) => setImmediate(next));
  }
  throw new Error("It never came to that.");
}

/** Numbers by lot that are the same in every run. */
export function lots(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 4_294_967_296;
  };
}
