// Verdicts of the ready check, and that each of them has words in both languages.
import { expect, test } from "vitest";
import * as verdict from "../../../../static/phone/domain/device/ready";
import { ready } from "../../../../static/phone/screens/ready/words";

const PHONE: verdict.Platform = { os: "android", installed: true, inApp: false };
const IPHONE: verdict.Platform = { os: "ios", installed: false, inApp: false };
const MINUTE = 60_000;

function all(): verdict.Check[] {
  const platforms: verdict.Platform[] = [
    PHONE,
    IPHONE,
    { ...IPHONE, installed: true },
    { ...PHONE, os: "other" },
    { ...PHONE, inApp: true },
  ];
  return [
    ...[true, false].flatMap((played) => [true, false, null].map((heard) => verdict.soundCheck(played, heard, played))),
    ...platforms.flatMap((platform) =>
      (["granted", "denied", "default", "none"] as const).map((given) => verdict.notificationCheck(given, platform)),
    ),
    verdict.pushCheck({ kind: "received", ms: 900 }),
    ...(["silent", "permission", "none", "server_off", "refused", "offline", "worker", "busy"] as const).map((kind) =>
      verdict.pushCheck({ kind }),
    ),
    ...platforms.flatMap((platform) =>
      (["denied", "unavailable", "timeout", "insecure"] as const).map((kind) =>
        verdict.positionCheck({ kind }, platform),
      ),
    ),
    ...[12, 500].map((accuracy) => verdict.positionCheck({ kind: "fix", accuracy }, PHONE)),
    ...([null, "refused", "newer", "silent"] as const).flatMap((unkept) =>
      [true, false, null].flatMap((kept) => [true, false].map((home) => verdict.storageCheck(unkept, kept, home))),
    ),
    ...[null, "a", "b"].flatMap((newest) => [true, false].map((old) => verdict.versionCheck("a", newest, false, old))),
    ...[400, 90_000, 14 * MINUTE].map((ms) => verdict.clockCheck(ms, true)),
    verdict.clockCheck(0, false),
    verdict.socketCheck(true, 80),
    verdict.socketCheck(false, 80),
    verdict.socketCheck(false, null),
  ];
}

test("every verdict has its words, and what is not in order says what to do", () => {
  for (const check of all()) {
    const key = `${check.code}.${check.why}`;
    expect(ready.zh, key).toHaveProperty([key]);
    if (check.state !== "ok") expect(ready.en, key).toHaveProperty([`${key}.hint`]);
    expect((check.value ?? "").length).toBeLessThanOrEqual(80);
  }
});

test("both languages have the same words", () => {
  expect(Object.keys(ready.en).sort()).toEqual(Object.keys(ready.zh).sort());
});

test("a phone whose clock is over ten minutes off is bad, and says by how many", () => {
  expect(verdict.clockCheck(-14 * MINUTE, true)).toMatchObject({
    state: "bad",
    why: "far",
    values: { ms: -14 * MINUTE },
  });
  expect(verdict.clockCheck(400, true)).toMatchObject({ state: "ok", values: { n: 0.4 } });
});

test("an iPhone that has not installed the app is told so before anything else", () => {
  expect(verdict.notificationCheck("default", IPHONE).why).toBe("ios_install");
  expect(verdict.notificationCheck("default", { ...IPHONE, installed: true }).why).toBe("ask");
});

test("push counts only with the worker's receipt", () => {
  expect(verdict.pushCheck({ kind: "received", ms: 900 })).toMatchObject({ state: "ok", values: { n: 1 } });
  expect(verdict.pushCheck({ kind: "silent" }).state).toBe("bad");
  expect(verdict.pushCheck({ kind: "server_off" }).state).toBe("warn");
});

test("a sound that nobody has confirmed is not in order", () => {
  expect(verdict.soundCheck(true, null, true).state).toBe("warn");
  expect(verdict.soundCheck(true, false, true).state).toBe("bad");
  expect(verdict.soundCheck(true, true, true).state).toBe("ok");
});

test("the count is of rows as they stand", () => {
  const rows = [verdict.socketCheck(true, 80), verdict.socketCheck(false, null), verdict.running("clock")];
  expect(verdict.tally(rows)).toEqual({ ok: 1, bad: 1, warn: 0, running: 1 });
});
