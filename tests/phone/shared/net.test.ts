// Whose word a question is: said with every one to our API, and to nobody else.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LIN, WANG, work } from "../support/made";
import { type FakeServer, problem } from "../support/server";
import { settle } from "../support/setup";
import { lendSilentSockets, onlinePhone, quiet, type Tab } from "../support/tab";

let server: FakeServer;
let tab: Tab;
beforeEach(async () => {
  ({ server, tab } = await onlinePhone());
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

const PORTAL = "<html>Sign in to the wireless network of the market</html>";
const html = (status: number): Response => new Response(PORTAL, { status, headers: { "Content-Type": "text/html" } });

it.each<[string, () => Response, string]>([
  ["a portal's page", () => html(200), "foreign"],
  ["a proxy's refusal", () => html(403), "foreign"],
  ["a proxy that wants a name of its own", () => html(401), "foreign"],
  ["a network that wants a sign-in", () => html(511), "foreign"],
  ["a gateway without its server", () => html(502), "down"],
  ["a token that never arrived", () => problem(403, "csrf"), "cookies"],
])("%s is no lost network, and is said as what it is", async (_name, answer, why) => {
  const { ask } = await import("../../../static/shared/server/net");
  server.fault = answer;
  await expect(ask("/api/v1/duty", { method: "POST", json: { on_duty: true } })).rejects.toMatchObject({
    failure: { kind: "offline", why },
  });
});

it("a network that answers nothing has no reason beside it", async () => {
  const { ask } = await import("../../../static/shared/server/net");
  server.fault = () => "offline";
  await expect(ask("/api/v1/duty")).rejects.toMatchObject({ failure: { kind: "offline" } });
});

describe("the token", () => {
  const tokens = (): unknown[] => server.asked.flatMap(({ headers }) => headers["X-CSRFToken"] ?? []);
  const post = async (jar: string): Promise<unknown> => {
    const { ask } = await import("../../../static/shared/server/net");
    vi.stubGlobal("document", { ...document, cookie: jar });
    return ask("/api/v1/duty", { method: "POST", json: { on_duty: true } }).catch(() => undefined);
  };
  afterEach(() => vi.stubGlobal("document", { ...document, cookie: "doorstep-csrf=token" }));

  it("is read under its own name, whatever a neighbour has set for the whole domain", async () => {
    await post("nameless; =; csrftoken=neighbour; x-doorstep-csrf=theirs; doorstep-csrf=mine; sessionid=theirs");
    expect(tokens()).toEqual(["mine"]);
  });

  it("over https is the one that only this server can set", async () => {
    await post("doorstep-csrf=older; __Host-doorstep-csrf=mine");
    expect(tokens()).toEqual(["mine"]);
  });

  it("that the server does not know is fetched once more, and no third time", async () => {
    server.fault = ({ path }) => (path.startsWith("/_allauth") ? Response.json({}) : problem(403, "csrf"));
    await post("doorstep-csrf=spoiled");
    expect(server.paths()).toEqual(["POST /api/v1/duty", "GET /_allauth/browser/v1/config", "POST /api/v1/duty"]);
  });
});

it("a staff number goes as it is kept, however it was typed", async () => {
  const bodies: unknown[] = [];
  const before = globalThis.fetch;
  vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => {
    if (path.endsWith("/auth/login")) bodies.push(JSON.parse(String(init.body)));
    return before(path, init);
  });
  await tab.session.signIn(" Ｌｉｎ\u200b０7\u00ad\u2066 ", "ｐ w");
  expect(bodies).toEqual([{ username: "Lin07", password: "ｐ w" }]);
});

it.each<[string, () => Response, string]>([
  [
    "wrong",
    () => Response.json({ errors: [{ code: "username_password_mismatch" }] }, { status: 400 }),
    "signin.refused",
  ],
  [
    "too many",
    () => Response.json({ errors: [{ code: "too_many_login_attempts" }] }, { status: 400 }),
    "signin.too_many",
  ],
  ["a portal", () => html(200), "signin.foreign"],
  ["no cookie", () => Response.json({ errors: [{ code: "csrf" }] }, { status: 403 }), "signin.cookies"],
  ["a fault", () => problem(500), "signin.failed"],
  ["a gateway", () => html(504), "signin.down"],
])("a sign-in says %s", async (_name, answer, sentence) => {
  server.fault = answer;
  expect(await tab.session.signIn("lin", "x")).toBe(sentence);
});

it("a sign-in whose cookie is taken out on the way says so", async () => {
  const user = { id: LIN, username: "lin" };
  server.fault = ({ path }) => (path.endsWith("/auth/login") ? Response.json({ data: { user } }) : problem(401));
  expect(await tab.session.signIn("lin", "x")).toBe("signin.cookies");
});

it("a sign-in goes in although the worklist does not come", async () => {
  const user = { id: LIN, username: "lin" };
  tab.store.signedOut.value = true;
  server.fault = ({ path }) =>
    path.endsWith("/auth/login") ? Response.json({ data: { user } }) : new Promise(() => undefined);
  const told = vi.fn();
  void tab.session.signIn("lin", "x").then(told);
  await settle(20);
  expect(told).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(told).toHaveBeenCalledWith(null);
  expect(tab.store.signedOut.value).toBe(false);
});

describe("an answer to what was asked before a sign-in", () => {
  let release: () => void;
  let heldUp: Promise<void>;
  beforeEach(() => {
    lendSilentSockets();
    server.work = work(1, []);
    heldUp = new Promise((done) => {
      release = done;
    });
  });

  /** The first question about the worklist is refused as a stranger's, and that answer is held up. */
  function lateRefusal(): void {
    let first = true;
    server.fault = async ({ path }) => {
      if (path !== "/api/v1/work" || !first) return undefined;
      first = false;
      await heldUp;
      return problem(401);
    };
  }

  it("does not sign out whoever has signed in meanwhile, and is asked again", async () => {
    lateRefusal();
    const asked = tab.pull.pull();
    await settle();
    await tab.session.adopt({ id: LIN, username: "lin" });
    release();
    expect(await asked).toBe(true);
    expect(tab.store.signedOut.value).toBe(false);
  });

  it("is not asked again as another person, and says nothing of them", async () => {
    lateRefusal();
    const asked = tab.pull.pull();
    await settle();
    server.work = { ...work(1, []), person: { ...work(1, []).person, id: WANG } };
    await tab.session.adopt({ id: WANG, username: "wang" });
    release();
    expect(await asked).toBe(false);
    expect(tab.store.signedOut.value).toBe(false);
  });
});
