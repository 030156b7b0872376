// What is said about a phone that lacks something.
import { expect, test } from "vitest";
import { type Around, isInApp, troubles } from "../../../../static/phone/domain/device/surroundings";
import { around as words } from "../../../../static/phone/words/surroundings";

const WELL: Around = {
  secure: true,
  indexedDb: true,
  unkept: null,
  cleared: false,
  workers: true,
  workerFailed: false,
  inApp: false,
  roomLeft: 1e9,
  offsetMs: 400,
  outdated: false,
  serverOlder: false,
  cardTriedMs: null,
};

test("nothing is said of a phone that has everything", () => {
  expect(troubles(WELL)).toEqual([]);
});

test.each([
  [{ indexedDb: false, unkept: "refused" }, "no_disk"],
  [{ unkept: "refused" }, "volatile"],
  [{ unkept: "newer" }, "newer"],
  [{ unkept: "silent" }, "silent"],
  [{ cleared: true }, "cleared"],
  [{ secure: false, workers: false }, "insecure"],
  [{ workers: false, inApp: true }, "in_app"],
  [{ workers: false }, "no_worker"],
  [{ workerFailed: true }, "worker_failed"],
  [{ roomLeft: 1e6 }, "nearly_full"],
  [{ cardTriedMs: 59 * 60_000 }, "card_tried"],
  [{ offsetMs: -11 * 60_000 }, "clock"],
  [{ outdated: true }, "outdated"],
  [{ serverOlder: true }, "server_older"],
] as const)("%o is one sentence: %s", (lacking, trouble) => {
  expect(troubles({ ...WELL, ...lacking })).toEqual([trouble]);
  expect(words.zh).toHaveProperty([trouble]);
});

test("a window inside a chat app is told from a browser", () => {
  const chrome = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36";
  const safari =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 16_4 like Mac OS X) AppleWebKit/605.1.15 Version/16.4 Mobile/15E148 Safari/604.1";
  expect(isInApp(chrome)).toBe(false);
  expect(isInApp(safari)).toBe(false);
  expect(isInApp(`${chrome} MicroMessenger/8.0`)).toBe(true);
  expect(isInApp("Mozilla/5.0 (Linux; Android 12; wv) AppleWebKit/537.36 Version/4.0 Chrome/120.0")).toBe(true);
  expect(isInApp("Mozilla/5.0 (iPhone; CPU iPhone OS 16_4 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148")).toBe(
    true,
  );
});
