// Signing out without a network: the session at the server is ended as soon as that can be told, and never anybody's after it.
import { beforeEach, expect, it, vi } from "vitest";
import { LIN, WANG } from "../../support/made";
import { type FakeServer, problem } from "../../support/server";
import { settle, storage, until } from "../../support/setup";
import { offlinePhone, signedInAs, type Tab } from "../../support/tab";

const END = "DELETE /_allauth/browser/v1/auth/session";
const LOGIN = "POST /_allauth/browser/v1/auth/login";
let server: FakeServer;
let tab: Tab;
vi.stubGlobal("isSecureContext", true);
let leaving: typeof import("../../../../static/phone/data/session/leaving");
beforeEach(async () => {
  ({ server, tab } = await offlinePhone());
  leaving = await import("../../../../static/phone/data/session/leaving");
});

const owed = (): string | null => storage.getItem("doorstep.leaving");
const user = { id: WANG, username: "wang" };
function back(): void {
  server.asked.length = 0;
  server.fault = ({ path }) => (path.endsWith("/login") ? Response.json({ data: { user } }) : undefined);
}

it("the note stays until the server has answered, and holds nothing of anybody", async () => {
  await tab.session.signOut();
  expect(owed()).toBe("1");
  server.fault = () => problem(500);
  await leaving.endOwed();
  expect(owed()).toBe("1");
  back();
  await leaving.endOwed();
  expect([server.paths(), owed()]).toEqual([[END], null]);
  await leaving.endOwed();
  expect(server.paths()).toEqual([END]);
});

it.each([() => Response.json({}), () => problem(401), () => problem(410)])(
  "an answer that there is no session is enough",
  async (answer) => {
    await tab.session.signOut();
    server.fault = answer;
    await leaving.endOwed();
    expect(owed()).toBeNull();
  },
);

it("the session is ended before the next sign-in is sent, and not after it", async () => {
  await tab.session.signOut();
  back();
  expect(await tab.session.signIn("wang", "x")).toBeNull();
  expect(server.paths().slice(0, 2)).toEqual([END, LOGIN]);
  expect(owed()).toBeNull();
  await leaving.endOwed();
  expect(server.paths().filter((path) => path === END)).toHaveLength(1);
});

it("a sign-in waits for a goodbye that is on its way", async () => {
  back();
  const first = vi.fn<(done: () => void) => void>();
  const out = tab.session.signOut(() => new Promise<void>(first));
  await until(() => first.mock.calls.length > 0);
  const signing = tab.session.signIn("wang", "x");
  await settle();
  expect(server.paths()).toEqual([]);
  first.mock.calls[0]?.[0]();
  await Promise.all([out, signing]);
  expect(server.paths().slice(0, 2)).toEqual([END, LOGIN]);
});

it.each(["password", "passkey"])(
  "a session that this phone had lost is ended, and the sign-in by %s tried again",
  async (way) => {
    await tab.session.signOut();
    leaving.oweNothing();
    server.asked.length = 0;
    server.fault = ({ method }) =>
      method === "DELETE" ? undefined : problem(server.paths().includes(END) ? 400 : 409);
    const entering = await import("../../../../static/phone/data/session/entering");
    const fault = way === "password" ? await entering.enter("wang", "x") : await entering.enterWithPasskey();
    expect(fault).toBe(way === "password" ? "signin.refused" : "signin.passkey");
    expect(server.paths().map((path) => path.split(" ")[0])).toEqual(
      way === "password" ? ["POST", "DELETE", "POST"] : ["GET", "DELETE", "GET"],
    );
  },
);

it("leaving for good wipes the phone before it says a word to the server", async () => {
  const endpoint = "https://push.test/1";
  const unsubscribe = vi.fn(async () => true);
  const pushManager = { getSubscription: async () => ({ endpoint, unsubscribe }) };
  vi.stubGlobal("navigator", { language: "zh-CN", serviceWorker: { getRegistration: async () => ({ pushManager }) } });
  vi.stubGlobal("history", { replaceState: () => undefined });
  server.asked.length = 0;
  const disks: Promise<IDBDatabaseInfo[]>[] = [];
  server.fault = () => {
    disks.push(indexedDB.databases());
    return undefined;
  };
  await (await import("../../../../static/phone/data/session/entering")).leaveForGood();
  expect(server.paths()).toEqual(["DELETE /api/v1/push", END]);
  expect((await disks[0])?.map(({ name }) => name)).toEqual(["doorstep"]);
  expect(unsubscribe).toHaveBeenCalled();
});

it("while somebody is signed in here nothing is ended", async () => {
  await tab.session.signOut();
  signedInAs(LIN);
  back();
  await leaving.endOwed();
  expect(server.asked).toEqual([]);
});
