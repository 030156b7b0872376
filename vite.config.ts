// The phone's app: static/phone/main.tsx and what it imports, hashed, into static/built (which nobody edits or commits).
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import preact from "@preact/preset-vite";
import { defineConfig, type Plugin } from "vite";

export const BROWSERS = ["chrome88", "safari15.4"]; // the oldest that officers carry; see docs/decisions
const WORTH = 1024; // bytes: below this a browser saves nothing

/** Puts .gz and .br beside every built file, once: the server then sends them as they are. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    writeBundle({ dir = "" }) {
      for (const name of readdirSync(join(dir, "assets")).filter((file) => /\.(js|css|svg)$/.test(file))) {
        const path = join(dir, "assets", name);
        const bytes = readFileSync(path);
        if (bytes.length < WORTH) continue;
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(bytes));
      }
    },
  };
}

export default defineConfig({
  root: "static",
  base: "/static/",
  plugins: [preact(), compressed()],
  publicDir: false,
  build: {
    outDir: "built",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: BROWSERS,
    cssTarget: BROWSERS,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: ["main.tsx", "early.ts"].map((name) => join(import.meta.dirname, "static/phone", name)) },
  },
  server: { host: "127.0.0.1", port: 5173, strictPort: true, origin: "http://127.0.0.1:5173" },
});
