// A hand-over: sealed as the server opens it, carried by file or link, and in bundles that a camera can read.
import { createDecipheriv } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  type Author,
  bundles,
  type Envelope,
  fromHash,
  fromText,
  linkBytes,
  linkOf,
  portions,
  seal,
} from "../../../../static/phone/domain/outbox/envelope";
import { toBase64 } from "../../../../static/shared/lib/bytes";

const KEY = Uint8Array.from({ length: 32 }, (_, at) => at);
const PERSON = "01935c1e-0000-7000-8000-000000000001";
const AUTHOR: Author = { person: PERSON, device: "7d1f0c7e-0000-4000-8000-000000000002", key: toBase64(KEY) };
const ORIGIN = "https://doorstep.example";
const act = (note: string): Record<string, unknown> => ({
  uuid: "0f0e0d0c-0000-4000-8000-000000000003",
  kind: "note",
  assignment: PERSON,
  happened_at: "2026-11-20T08:00:00.000Z",
  clock_offset_ms: 0,
  device: AUTHOR.device,
  seq: 7,
  payload: { text: note },
});

/** As the server does it: AES-256-GCM, the tag at the end, bound to `doorstep-handover`. */
function open({ nonce, box }: Envelope): unknown {
  const bytes = Buffer.from(box, "base64");
  const decipher = createDecipheriv("aes-256-gcm", KEY, Buffer.from(nonce, "base64"));
  decipher.setAAD(Buffer.from("doorstep-handover"));
  decipher.setAuthTag(bytes.subarray(-16));
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString("utf8"));
}

describe("an envelope", () => {
  it("opens with the server's key, and says whose it is", async () => {
    const acts = [act("女儿在场"), act("b")];
    const envelope = await seal(acts, AUTHOR);
    expect(envelope).toMatchObject({ person: PERSON, device: AUTHOR.device });
    expect(open(envelope)).toEqual({ acts });
  });

  it("is never sealed twice the same", async () => {
    const [one, two] = [await seal([], AUTHOR), await seal([], AUTHOR)];
    expect(one.nonce).not.toBe(two.nonce);
    expect(one.box).not.toBe(two.box);
  });

  it("comes out of a link and out of a file as it went in", async () => {
    const envelope = await seal([act("x")], AUTHOR);
    const link = linkOf(envelope, ORIGIN);
    expect(link).toMatch(/^https:\/\/doorstep\.example\/app\/handover#[\w-]+$/);
    expect(fromHash(new URL(link).hash)).toEqual(envelope);
    expect(fromText(JSON.stringify(envelope))).toEqual(envelope);
  });

  it.each(["", "#", "#nonsense", "#e30", "#%%%"])("is not read out of %s", (hash) => {
    expect(fromHash(hash)).toBeNull();
  });

  it("is not read out of another file", () => {
    expect(fromText("{}")).toBeNull();
    expect(fromText('{"person":1,"device":"d","nonce":"n","box":"b"}')).toBeNull();
    expect(fromText("not json")).toBeNull();
  });
});

describe("bundles", () => {
  it("keep every act in order, with links that a camera reads", async () => {
    const acts = Array.from({ length: 9 }, (_, at) => act(`第 ${at} 条`));
    const made = bundles(acts, ORIGIN);
    expect(made.flat()).toEqual(acts);
    for (const part of made) {
      const link = linkOf(await seal(part, AUTHOR), ORIGIN);
      expect(link.length).toBeLessThanOrEqual(1200);
      expect(linkBytes(part, ORIGIN)).toBeGreaterThanOrEqual(link.length);
    }
  });

  it("give a long act a code of its own", () => {
    const long = act("长".repeat(300));
    expect(bundles([act("a"), long, act("b")], ORIGIN)).toEqual([[act("a")], [long], [act("b")]]);
  });
});

describe("portions for files", () => {
  it("hold every act once, in order, within the measures; a longer one goes alone", () => {
    const acts = [3, 3, 3, 40, 3, 3].map((length, seq) => ({ seq, note: "长".repeat(length) }));
    const made = portions(acts, 2, 100);
    expect(made.flat()).toEqual(acts);
    expect(made.map((part) => part.map(({ seq }) => seq))).toEqual([[0, 1], [2], [3], [4, 5]]);
  });
});
