// Every catalogue of the apps, as the app itself imports it: both languages say the same, each in its own tone.
import ts from "typescript";
import { describe, expect, it, vi } from "vitest";
import { nodes, sources } from "./sources";

type Words = Record<string, string>;
const made = vi.hoisted(() => [] as { zh: Words; en: Words }[]);

vi.mock("../../../static/shared/words/say", async (original) => {
  const real = await original<typeof import("../../../static/shared/words/say")>();
  const catalogue = (zh: Words, en: Words) => {
    made.push({ zh, en });
    return real.catalogue(zh, en);
  };
  return { ...real, catalogue };
});

const CHINESE = /[\u4e00-\u9fff]/;
const SAME = /^[\d\s\p{P}\p{S}]*$|^(Doorstep|GPS|QR|JSON)$/u; // right in both languages as it stands
const HOLE = /\{\w+(?:\|[^|}]*\|[^}]*)?\}/g;
// No ban, no shout, no failure; half-width digits, a gap between them and Chinese.
const NOT_OUR_TONE = /请勿|失败|[!！０-９]|[\u4e00-\u9fff]\d|\d[\u4e00-\u9fff]/;

const files = import.meta.glob("../../../static/{shared,phone,desk}/**/*words{/*,}.ts");

const FULL_WIDTH = /[\u3000-\u303f\uff00-\uffef]/; // of Chinese text: ，。「」（）

/** What a text lets in, by name; a word that is chosen by a number lets nothing in that the other language must show. */
const holes = (text: string | undefined): string[] =>
  (text?.match(HOLE) ?? []).filter((hole) => !hole.includes("|")).sort();

/** How often the sources make a catalogue. */
function written(): number {
  const calls = sources.flatMap(({ tree }) => [...nodes(tree)].filter(ts.isCallExpression));
  return calls.filter(({ expression }) => expression.getText() === "catalogue").length;
}

for (const load of Object.values(files)) await load();

describe("the catalogues", () => {
  it("are all found", () => expect(made.length).toBe(written()));

  it.each(made.map((both) => [Object.keys(both.zh)[0], both] as const))("say the same: %s", (_first, { zh, en }) => {
    expect(Object.keys(zh).length).toBeGreaterThan(0);
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    for (const [key, words] of Object.entries(zh)) {
      expect(holes(words), key).toEqual(holes(en[key]));
      expect(CHINESE.test(words) || SAME.test(words.replace(HOLE, "")), `${key} is not Chinese: ${words}`).toBe(true);
      expect(words, key).not.toMatch(NOT_OUR_TONE);
      expect(CHINESE.test(en[key] ?? "") && !key.startsWith("language"), `${key} is not English`).toBe(false);
      expect(en[key], key).not.toMatch(/[!！]/);
      expect(en[key], key).not.toMatch(FULL_WIDTH);
    }
  });
});
