// The sources of the apps as the TypeScript compiler reads them, for the rules of the house.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

const STATIC = join(import.meta.dirname, "../../../static");
const FOLDERS = ["shared", "phone", "desk", "sw"];

export interface Source {
  name: string; // below static/
  text: string;
  tree: ts.SourceFile;
}

/** Every source that people write, read once. */
export const sources: readonly Source[] = FOLDERS.flatMap((folder) =>
  readdirSync(join(STATIC, folder), { recursive: true, withFileTypes: true }),
)
  .filter((file) => /\.tsx?$/.test(file.name) && !["api.d.ts", "generated.ts", "names.ts"].includes(file.name))
  .map((file) => read(join(file.parentPath, file.name)));

/** What is made from Python: the tables, their names, and the schema of the doors. */
export const generated = ["generated", "names"].map((name) => read(join(STATIC, `shared/server/${name}.ts`)));
export const schema: Source = read(join(STATIC, "shared/server/api.d.ts"));

function read(path: string): Source {
  const text = readFileSync(path, "utf8");
  const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const name = relative(STATIC, path);
  return { name, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind) };
}

/** All nodes below one, depth first. */
export function* nodes(of: ts.Node): Generator<ts.Node> {
  const children: ts.Node[] = [];
  of.forEachChild((child) => {
    children.push(child);
  });
  for (const child of children) {
    yield child;
    yield* nodes(child);
  }
}

/** Where a node stands: file and line. */
export function placeOf({ name, tree }: Source, node: ts.Node): string {
  return `${name}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
