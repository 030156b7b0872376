// What Python has is made once and imported always: no table that nobody uses, none typed again.
import ts from "typescript";
import { describe, expect, it } from "vitest";
import * as codesAndLimits from "../../../static/shared/server/generated";
import * as named from "../../../static/shared/server/names";
import { generated, nodes, placeOf, schema, sources } from "./sources";

const tables = { ...codesAndLimits, ...named };
const FOR_THE_DESK = ["CASE_STATUSES", "ROLES_THAT_LEAD_HIGH"]; // its first screens show cases and whom to send

/** Every name that somebody imports from generated.ts and names.ts. */
function imported(): Set<string> {
  const clauses = sources.flatMap(({ tree }) => tree.statements.filter(ts.isImportDeclaration));
  const from = clauses.filter(({ moduleSpecifier }) => /\/server\/(generated|names)"$/.test(moduleSpecifier.getText()));
  const names = from.flatMap(({ importClause }) => importClause?.namedBindings ?? []);
  return new Set(
    names
      .filter(ts.isNamedImports)
      .flatMap(({ elements }) => elements.map((one) => (one.propertyName ?? one.name).text)),
  );
}

/** The names of these modules, each with the table that it stands for: a type of a table's codes counts as the table. */
function exported(): Map<string, string> {
  return new Map(
    generated
      .flatMap(({ tree }) => tree.statements)
      .flatMap((statement): [string, string][] => {
        if (ts.isVariableStatement(statement)) {
          return statement.declarationList.declarations.map(({ name }) => [name.getText(), name.getText()]);
        }
        if (!ts.isTypeAliasDeclaration(statement)) return [];
        const table = Object.keys(tables).find((name) => statement.type.getText().includes(`typeof ${name}`)) ?? "";
        return [[statement.name.text, table]];
      }),
  );
}

/** A list that only puts a table's codes into the order in which people are shown them. */
function isOrder({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && parent.expression.getText() === "ordered";
}

/** The string codes that a union type or a list in the source spells out. */
function spelled(node: ts.Node): string[] {
  if (ts.isUnionTypeNode(node)) {
    const members = node.types.map((one) => (ts.isLiteralTypeNode(one) ? one.literal : one));
    const texts = members.filter(ts.isStringLiteral);
    return texts.length === members.length ? texts.map(({ text }) => text) : [];
  }
  if (!ts.isArrayLiteralExpression(node) || isOrder(node)) return [];
  const texts = node.elements.filter(ts.isStringLiteral);
  return texts.length === node.elements.length ? texts.map(({ text }) => text) : [];
}

/** The codes of every table, and those of every field of the doors. */
function* codes(): Generator<[string, readonly string[]]> {
  for (const [name, table] of Object.entries(tables)) yield [name, Array.isArray(table) ? table : Object.keys(table)];
  for (const node of nodes(schema.tree)) {
    if (ts.isUnionTypeNode(node)) yield [node.parent.getText().split(":")[0] ?? "", spelled(node)];
  }
}

describe("what is made from Python", () => {
  it("is used", () => {
    const all = exported();
    const used = new Set([...imported()].map((name) => all.get(name)));
    expect(Object.keys(tables).filter((table) => !used.has(table))).toEqual(FOR_THE_DESK);
  });

  it("is not typed again", () => {
    const known = new Map([...codes()].map(([name, all]) => [[...all].sort().join(), name]));
    const ours = sources.filter(({ name }) => !name.startsWith("shared/lib/")); // which knows nothing of a server
    const again = ours.flatMap((source) =>
      [...nodes(source.tree)].flatMap((node) => {
        const said = spelled(node);
        const table = said.length > 1 && known.get(said.sort().join());
        return table ? [`${placeOf(source, node)} is ${table}`] : [];
      }),
    );
    expect(again).toEqual([]);
  });
});
