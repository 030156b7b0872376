// The sync bar has four faces and never says more, or less, than is so.
import "../../support/setup";
import { describe, expect, it } from "vitest";
import { backOff, type SyncFacts, syncState } from "../../../../static/phone/domain/outbox/sync";
import { sentence } from "../../../../static/phone/parts/frame/sync-bar";
import { type Language, speak } from "../../../../static/shared/words/say";
import { entry, sent } from "../../support/made";
import { plain } from "../../support/plain";

const NOW = Date.parse("2026-11-20T06:45:00Z");
const FACTS: SyncFacts = {
  entries: [],
  photosLeft: 0,
  stray: 0,
  online: true,
  barrier: null,
  polled: false,
  sending: false,
  syncedAt: Date.parse("2026-11-20T06:02:00Z"),
  signedOut: false,
  maintenanceUntil: null,
  unkept: null,
  now: NOW,
};
const three = [entry(1), entry(2), entry(3)];
const until = Date.parse("2026-11-20T07:10:00Z");

function says(more: Partial<SyncFacts>): string[] {
  return (["zh-hans", "en"] as Language[]).map((language) => {
    speak(language);
    return plain(sentence(syncState({ ...FACTS, ...more }), NOW));
  });
}

describe("the bar says", () => {
  it.each<[string, Partial<SyncFacts>, string, string]>([
    ["up to date", {}, "已是最新，14:02", "Up to date, 14:02"],
    ["never connected", { syncedAt: null }, "还没连上过", "Not connected yet"],
    ["sending", { entries: three }, "正在发送 3 条", "Sending 3"],
    [
      "that what can be undone waits",
      { entries: [entry(1, { not_before: NOW + 8000 })] },
      "1 条马上就发",
      "Sending 1 in a few seconds",
    ],
    [
      "sending while one waits for its undo",
      { entries: [entry(1), entry(2, { assignment: "b", not_before: NOW + 8000 })] },
      "正在发送 2 条",
      "Sending 2",
    ],
    ["sending photos", { photosLeft: 2, entries: [sent(1)] }, "正在发送 2 条", "Sending 2"],
    [
      "that news are asked for",
      { polled: true },
      "网络受限，每 5 秒查一次，14:02",
      "Limited network, checked every 5 s, 14:02",
    ],
    ["offline with nothing waiting", { online: false }, "没网", "Offline"],
    [
      "that a portal stands between",
      { online: false, barrier: { why: "foreign" } },
      "这个网没放行，先登录它或换个网",
      "This network wants its own sign-in: do that, or use another",
    ],
    [
      "that a refusal is none of the network's",
      { barrier: { why: "refused", status: 403 }, entries: three },
      "服务器不收（403），找管理员，3 条只在本机",
      "The server refuses what is sent (403): tell your admin, 3 only on this phone",
    ],
    [
      "that the cookies are taken out on the way",
      { barrier: { why: "cookies" }, entries: three },
      "这个网删了登录凭证，换个网，3 条只在本机",
      "This network strips the sign-in cookies: use another, 3 only on this phone",
    ],
    ["nothing of it where nothing waits", { barrier: { why: "cookies" } }, "已是最新，14:02", "Up to date, 14:02"],
    [
      "offline",
      { online: false, entries: three },
      "没网。3 条只在本机，最早 40 分钟前",
      "Offline. 3 only on this phone, oldest 40 min ago",
    ],
    ["offline with photos", { online: false, photosLeft: 2 }, "没网。2 张照片还没发", "Offline. 2 photos not sent yet"],
    [
      "in maintenance",
      { maintenanceUntil: until },
      "服务器在维护，15:10 恢复。能接着干",
      "Server under maintenance until 15:10. Carry on",
    ],
    [
      "in maintenance with acts",
      { maintenanceUntil: until, entries: three },
      "服务器在维护，15:10 恢复。3 条只在本机",
      "Server under maintenance until 15:10. 3 only on this phone",
    ],
    ["needs you", { entries: [sent(1, { needs: true })], stray: 1 }, "2 条要你处理", "2 need you"],
    [
      "needs you, and is offline",
      { entries: [...three, sent(4, { needs: true })], online: false },
      "1 条要你处理 · 没网，3 条只在本机",
      "1 needs you · offline, 3 only on this phone",
    ],
    [
      "needs you, with nothing unsent offline",
      { stray: 1, online: false },
      "1 条要你处理 · 没网",
      "1 needs you · offline",
    ],
    [
      "needs you, in maintenance with photos",
      { stray: 1, maintenanceUntil: until, photosLeft: 2 },
      "1 条要你处理 · 服务器在维护，2 张照片没发",
      "1 needs you · server under maintenance, 2 photos not sent",
    ],
    ["needs you while sending", { entries: three, stray: 1 }, "1 条要你处理 · 在发 3 条", "1 needs you · sending 3"],
    [
      "signed out",
      { signedOut: true, entries: three },
      "登录过期了，3 条没发。点这里登录",
      "Session ended, 3 not sent. Tap to sign in",
    ],
    ["signed out with nothing waiting", { signedOut: true }, "登录过期了。点这里登录", "Session ended. Tap to sign in"],
    [
      "nothing can be kept",
      { unkept: "refused", entries: three },
      "手机不让存，3 条没发。先别关",
      "Nothing can be kept here, 3 not sent. Stay on this page",
    ],
  ])("%s", (_name, facts, zh, en) => {
    expect(says(facts)).toEqual([zh, en]);
  });
});

describe("one face at a time", () => {
  it("what the officer alone can mend comes before what mends itself", () => {
    const all = {
      entries: [...three, sent(4, { needs: true })],
      online: false,
      signedOut: true,
      maintenanceUntil: until,
    };
    expect(syncState({ ...FACTS, ...all, unkept: "refused" })).toMatchObject({ face: "you", reason: "volatile" });
    expect(syncState({ ...FACTS, ...all, unkept: "newer" })).toMatchObject({ face: "you", reason: "shut" });
    expect(syncState({ ...FACTS, ...all })).toMatchObject({ face: "you", reason: "signed_out", needs: 3 });
    expect(syncState({ ...FACTS, ...all, signedOut: false })).toMatchObject({
      face: "you",
      reason: "settle",
      needs: 1,
    });
    expect(syncState({ ...FACTS, ...all, signedOut: false, entries: three })).toMatchObject({ face: "off", count: 3 });
  });

  it("is never up to date while anything waits", () => {
    expect(syncState({ ...FACTS, entries: [entry(1)] }).face).not.toBe("ok");
    expect(syncState({ ...FACTS, photosLeft: 1 }).face).not.toBe("ok");
  });

  it("the oldest is not younger than nothing when the phone's clock was set back", () => {
    expect(syncState({ ...FACTS, online: false, entries: three, now: 0 })).toMatchObject({ oldest: 0 });
  });
});

describe("the wait before the next try", () => {
  it("grows from half a second to a minute at most, with a part by lot", () => {
    expect([0, 1, 5].map((n) => [backOff(n, 0), backOff(n, 1)])).toEqual([
      [500, 1000],
      [1000, 2000],
      [16_000, 32_000],
    ]);
    for (const failures of [6, 7, 60, 5_000]) {
      expect(backOff(failures, 0)).toBe(30_000);
      expect(backOff(failures, 1)).toBe(60_000);
    }
  });
});
