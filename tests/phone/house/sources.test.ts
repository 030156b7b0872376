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

/** The tag of an element that has something inside it. */
function tagOf(node: ts.Node): string | null {
  return ts.isJsxElement(node) ? node.openingElement.tagName.getText() : null;
}

/** What an element is given under a name, as it is written; null without it. */
function attribute(node: ts.Node, name: string): string | null {
  const element = ts.isJsxElement(node) ? node.openingElement : node;
  if (!ts.isJsxOpeningLikeElement(element)) return null;
  const given = element.attributes.properties.filter(ts.isJsxAttribute).find((one) => one.name.getText() === name);
  return given ? (given.initializer?.getText() ?? "") : null;
}

/** What a node stands in, from the nearest on. */
function around(node: ts.Node): ts.Node[] {
  return node.parent ? [node.parent, ...around(node.parent)] : [];
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

  it("has no banner inside a dialog", () => {
    const inside = sources.flatMap((source) =>
      [...nodes(source.tree)].filter((node) => tagOf(node) === "dialog").flatMap((dialog) => [...nodes(dialog)]),
    );
    expect(inside.length).toBeGreaterThan(0);
    expect(inside.map(tagOf).filter((tag) => tag === "header" || tag === "main")).toEqual([]);
  });

  it("shows Aa on nothing but the size of print, which is on or off", () => {
    const signs = sources.flatMap(({ tree }) => [...nodes(tree)].filter((node) => attribute(node, "name") === '"big"'));
    expect(signs.length).toBeGreaterThan(1);
    const buttons = signs.map((sign) => around(sign).find((node) => tagOf(node) === "button"));
    expect(buttons.filter((button) => !button || attribute(button, "aria-pressed") === null)).toEqual([]);
  });

  it("says nothing in Chinese that stands in no catalogue: English screens would show it as well", () => {
    const drawn = sources.filter(({ name }) => /\/(parts|screens)\//.test(name) && !/words\.ts$/.test(name));
    const others = drawn.filter(({ name }) => name !== LANGUAGES);
    expect(others.length).toBeGreaterThan(50);
    expect(where((node) => isText(node) && CHINESE.test(node.text), others)).toEqual([]);
  });
});
