// The service worker: one classic script at a fixed name, built after the app so that it knows the app's files.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { defineConfig } from "vite";
import { BROWSERS } from "./vite.config.ts";

interface Chunk {
  file: string;
  css?: string[];
  assets?: string[];
  isEntry?: boolean;
  imports?: string[];
}

const text = readFileSync("static/built/manifest.json", "utf8");
const chunks: Chunk[] = Object.values(JSON.parse(text));
const files = [
  ...new Set(chunks.flatMap((chunk) => [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])])),
].sort();
const hashOf = (file: string): string =>
  createHash("sha256")
    .update(readFileSync(`static/built/${file}`))
    .digest("hex");
export const BUILD = createHash("sha256").update(text).digest("hex").slice(0, 12);

export default defineConfig({
  root: "static",
  publicDir: false,
  define: {
    __FILES__: JSON.stringify(Object.fromEntries(files.map((file) => [`/static/${file}`, hashOf(file)]))),
    __BUILD__: JSON.stringify(BUILD),
  },
  build: {
    outDir: "built",
    emptyOutDir: false,
    target: BROWSERS,
    rolldownOptions: {
      input: "static/sw/sw.ts",
      output: { format: "iife", entryFileNames: "sw.js" },
    },
  },
});
