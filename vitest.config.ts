// The phone's own tests: its rules, its outbox, its worker, without a browser.
import { createHash } from "node:crypto";
import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";

// One file, and the hash of what it holds: tests/phone/sw/worker.test.ts.
const MAIN = "/static/assets/main-12345678.js";
const FILES = { [MAIN]: createHash("sha256").update(`file ${MAIN}`).digest("hex") };

export default defineConfig({
  plugins: [preact()],
  define: { __FILES__: JSON.stringify(FILES), __BUILD__: JSON.stringify("0123456789ab") },
  test: { include: ["tests/phone/**/*.test.{ts,tsx}"], restoreMocks: true, passWithNoTests: false },
});
