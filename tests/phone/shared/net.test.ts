// Whose word a question is: said with every one to our API, and to nobody else.
import { beforeEach, expect, it } from "vitest";
import { LIN, WANG } from "../support/made";
import { FakeServer, problem } from "../support/server";
import { newPhone, openTab, quiet, type Tab } from "../support/tab";

let server: FakeServer;
let tab: Tab;
beforeEach(async () => {
  await newPhone();
  server = new FakeServer();
  tab = await openTab();
});

const said = (): unknown[] => server.asked.map(({ headers }) => headers["X-Person"]);

it("the person who is signed in goes with every question to our API, and nobody's name once they left", async () => {
  const { ask, askAt } = await import("../../../static/shared/server/net");
  await ask("/api/v1/duty");
  await askAt("/_allauth/browser/v1/config").catch(() => undefined);
  await ask("/api/v1/duty", { headers: { "X-Person": WANG } });
  tab.store.me.value = null;
  await ask("/api/v1/duty");
  expect(said()).toEqual([LIN, undefined, WANG, undefined]);
});

it("the worker says whose outbox it sends, though nobody is signed in where it runs", async () => {
  server.fault = () => "offline";
  await tab.acts.perform("note", { assignment: "a" });
  await quiet(tab);
  server.asked.length = 0;
  server.fault = () => undefined;
  tab.store.me.value = null;
  await tab.send.flushOnce();
  expect(said()).toEqual([LIN]);
});

it("a session that has become another person's reads as signed out", async () => {
  server.fault = () => problem(403, "another_person");
  await tab.pull.pull();
  expect(tab.store.signedOut.value).toBe(true);
});

it("only one's own officer card is shown and kept", async () => {
  const card = await import("../../../static/phone/data/session/card");
  const given = (number: string): void => {
    server.fault = () => Response.json({ number, secret: "S" });
  };
  given("wang");
  await card.readCard();
  expect([card.card.value, card.cardState.value]).toEqual([null, "missing"]);
  await tab.store.disk().write([{ put: "meta", key: "card", value: { number: "wang", secret: "S" } }]);
  await card.readCard();
  expect(card.card.value).toBeNull();
  given("lin");
  await card.readCard();
  expect(card.cardState.value).toBe("here");
  expect(await tab.store.disk().get("meta", "card")).toMatchObject({ number: "lin" });
});
