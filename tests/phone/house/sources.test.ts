// What no linter asks of a source: it says what it is, leaves nothing for later, writes no markup, and stays short.
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { nodes, placeOf, sources } from "./sources";

const MOST_LINES = 50; // of a function, components included
const CHINESE = /[\u4e00-\u9fff]/;
const MARKUP = new Set(["innerHTML", "outerHTML", "insertAdjacentHTML"]);
const LANGUAGES = "shared/parts/languages.tsx"; // each language is named in itself

function where(found: (node: ts.Node) => boolean, of = sources): string[] {
  return of.flatMap((source) => [...nodes(source.tree)].filter(found).map((node) => placeOf(source, node)));
}

function lines(node: ts.Node): number {
  const file = node.getSourceFile();
  const line = (at: number): number => file.getLineAndCharacterOfPosition(at).line;
  return line(node.end) - line(node.getStart()) + 1;
}

function isText(node: ts.Node): node is ts.LiteralLikeNode {
  return ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isJsxText(node);
}

describe("a source", () => {
  it("opens with a line that says what it is", () => {
    expect(sources.filter(({ text }) => !text.startsWith("// ")).map(({ name }) => name)).toEqual([]);
  });

  it("leaves nothing for later", () => {
    expect(sources.filter(({ text }) => /\b(TODO|FIXME|XXX)\b/.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it("has no function that fills more than a screen", () => {
    expect(where((node) => ts.isFunctionLike(node) && lines(node) > MOST_LINES)).toEqual([]);
  });

  it("writes no markup", () => {
    expect(where((node) => ts.isPropertyAccessExpression(node) && MARKUP.has(node.name.text))).toEqual([]);
  });

  it("says nothing in Chinese that stands in no catalogue: English screens would show it as well", () => {
    const drawn = sources.filter(({ name }) => /\/(parts|screens)\//.test(name) && !/words\.ts$/.test(name));
    const others = drawn.filter(({ name }) => name !== LANGUAGES);
    expect(others.length).toBeGreaterThan(50);
    expect(where((node) => isText(node) && CHINESE.test(node.text), others)).toEqual([]);
  });
});
