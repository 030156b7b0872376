// A server in a few lines: keeps acts once, photos in pieces, and fails on demand, before or after it has acted.
import { vi } from "vitest";
import type { Receipt, WorkDocument } from "../../../static/phone/domain/work/work";
import { tagOf } from "../../../static/phone/domain/work/work";

interface Act {
  uuid: string;
  seq: number;
  kind: string;
  payload: Record<string, unknown>;
}
interface Asked {
  method: string;
  path: string;
  acts: Act[];
  headers: Record<string, string>;
}
type Answer = Response | "cut" | "offline" | undefined;

export function problem(status: number, code = "code", more: Record<string, unknown> = {}): Response {
  return Response.json({ code, detail: `${code} in words`, ...more }, { status });
}

/** From now on every question hangs until whoever asked gives it up. */
export function answerNothing(): void {
  vi.stubGlobal(
    "fetch",
    (_path: string, init: RequestInit) =>
      new Promise((_answer, fail) =>
        init.signal?.addEventListener("abort", () => fail(new DOMException("", "AbortError"))),
      ),
  );
}

export class FakeServer {
  readonly asked: Asked[] = [];
  readonly acts: Act[] = []; // in the order in which they were taken
  readonly photos = new Map<string, { have: number; bytes: number }>();
  work: WorkDocument | null = null;
  verdict: (act: Act) => Partial<Receipt> = () => ({ verdict: "applied" });
  /** Asked before everything: may answer instead, lose the question ("offline") or the answer ("cut"). */
  fault: (asked: Asked) => Answer | Promise<Answer> = () => undefined;

  constructor() {
    vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => this.fetch(path, init));
  }

  paths(): string[] {
    return this.asked.map(({ method, path }) => `${method} ${path.split("?")[0]}`);
  }

  batches(): number[][] {
    return this.asked.filter(({ path }) => path === "/api/v1/acts").map(({ acts }) => acts.map((act) => act.seq));
  }

  private async fetch(path: string, init: RequestInit): Promise<Response> {
    await new Promise((next) => setImmediate(next));
    if (init.signal?.aborted) throw new DOMException("aborted", "AbortError");
    const { acts = [] } = typeof init.body === "string" ? (JSON.parse(init.body) as { acts?: Act[] }) : {};
    const headers = (init.headers ?? {}) as Record<string, string>;
    const asked: Asked = { method: init.method ?? "GET", path, acts, headers };
    this.asked.push(asked);
    const fault = await this.fault(asked);
    if (fault === "offline") throw new TypeError("Failed to fetch");
    if (fault instanceof Response) return fault;
    const answer = await this.answer(asked, init);
    if (fault === "cut") throw new TypeError("Failed to fetch");
    return answer;
  }

  private async answer({ method, path, acts, headers }: Asked, init: RequestInit): Promise<Response> {
    if (path === "/api/v1/acts") return Response.json({ receipts: acts.map((act) => this.take(act)) });
    if (path.startsWith("/api/v1/evidence/")) return this.piece(path, headers, init.body as Blob);
    if (path === "/api/v1/work" && this.work) {
      const told = { ETag: `"${tagOf(this.work)}"`, "X-Server-Time": String(Date.now()) };
      if (headers["If-None-Match"] === told.ETag) return new Response(null, { status: 304, headers: told });
      return Response.json(this.work, { headers: told });
    }
    if (path === "/api/v1/duty") return Response.json({ on_duty: true, until: null });
    if (method === "DELETE") return problem(401);
    return problem(404);
  }

  private take(act: Act): Receipt {
    const answer = this.verdict(act);
    const known = this.acts.some((held) => held.uuid === act.uuid);
    if (answer.verdict !== "busy" && !known) this.acts.push(act);
    return { uuid: act.uuid, ...(known ? { repeated: true } : {}), ...answer } as Receipt;
  }

  private async piece(path: string, headers: Record<string, string>, body: Blob): Promise<Response> {
    const url = new URL(path, "https://doorstep.test");
    const uuid = url.pathname.split("/").pop() ?? "";
    const offset = Number(url.searchParams.get("offset"));
    const held = this.photos.get(uuid) ?? { have: 0, bytes: Number(headers["X-Bytes"]) };
    this.photos.set(uuid, held);
    const { size } = body;
    if (size === 0 || offset + size > held.bytes) return problem(400, "wrong_length");
    if (offset > held.have) return problem(409, "wrong_offset", { have: held.have });
    held.have = Math.max(held.have, offset + size);
    return Response.json({ uuid, have: held.have, complete: held.have === held.bytes });
  }
}
