// The phone's own tests: its rules, its outbox, its worker, without a browser.
import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [preact()],
  define: { __FILES__: JSON.stringify(["/static/assets/main-12345678.js"]), __BUILD__: JSON.stringify("0123456789ab") },
  test: { include: ["tests/phone/**/*.test.{ts,tsx}"], restoreMocks: true, passWithNoTests: false },
});
