// The worker without a browser: which files it keeps, and what a push becomes.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { forgetOldFiles, fromFiles, keepFiles, mendFiles, refreshShell, shellFor } from "../../../static/sw/files";
import { clicked, pushed } from "../../../static/sw/notices";

const BUILD = "0123456789ab";
const MINE = `doorstep-app-${BUILD}`;
const ORIGIN = "https://doorstep.example";
const asked = vi.hoisted(() => ({
  posts: [] as { path: string; json: unknown }[],
  language: "zh-hans" as string | null,
}));

vi.mock("../../../static/shared/server/net", () => ({
  ask: (path: string, { json }: { json: unknown }) => {
    asked.posts.push({ path, json });
    return Promise.resolve({});
  },
}));
vi.mock("../../../static/phone/data/disk/phone-note", () => ({ phoneNote: () => Promise.resolve(asked.language) }));

/** As much of the browser's store of answers as the worker uses. */
class Store {
  kept = new Map<string, Response>();
  match = (key: Request | string): Promise<Response | undefined> =>
    Promise.resolve(this.kept.get(typeof key === "string" ? key : new URL(key.url).pathname)?.clone());
  put = (key: string, answer: Response): Promise<void> => Promise.resolve(void this.kept.set(key, answer));
  keys = (): Promise<Request[]> => Promise.resolve([...this.kept.keys()].map((path) => new Request(ORIGIN + path)));
}

let stores: Map<string, Store>;
let server: (path: string, cache?: RequestCache) => Response;

const MAIN = "/static/assets/main-12345678.js";
const page = (build: string, text = "shell"): Response =>
  new Response(`<html><meta name="build" content="${build}">${text}</html>\n`);
const inShell = async (answer: Promise<Response>): Promise<string | undefined> =>
  />([^<>]+)<\/html>/.exec(await (await answer).text())?.[1];

beforeEach(() => {
  stores = new Map();
  asked.posts.length = 0;
  asked.language = "zh-hans";
  server = (path) => (path === "/" ? page(BUILD) : new Response(`file ${path}`));
  vi.stubGlobal("fetch", (what: string | Request, init: RequestInit = {}) =>
    Promise.resolve().then(() => server(typeof what === "string" ? what : new URL(what.url).pathname, init.cache)),
  );
  vi.stubGlobal("caches", {
    open: (name: string) => Promise.resolve(stores.get(name) ?? stores.set(name, new Store()).get(name)),
    keys: () => Promise.resolve([...stores.keys()]),
    delete: (name: string) => Promise.resolve(stores.delete(name)),
    match: async (key: Request) => {
      for (const store of stores.values()) if (await store.match(key)) return store.match(key);
      return undefined;
    },
  });
});

describe("its files", () => {
  it("keeps the shell and every file of its build", async () => {
    await keepFiles();
    expect([...(stores.get(MINE)?.kept.keys() ?? [])].sort()).toEqual(["/", MAIN]);
  });

  it("keeps nothing of a build that the server no longer shows", async () => {
    server = () => page("another");
    await expect(keepFiles()).rejects.toThrow();
    expect(stores.get(MINE)?.kept.size ?? 0).toBe(0);
  });

  it("is not installed when a file is missing", async () => {
    server = (path) => (path === "/" ? page(BUILD) : new Response("", { status: 404 }));
    await expect(keepFiles()).rejects.toThrow();
  });

  it("shows the kept shell without a network, and the server's where nothing is kept", async () => {
    await keepFiles();
    server = () => {
      throw new TypeError("offline");
    };
    expect(await inShell(shellFor(new Request(`${ORIGIN}/app/card`)))).toBe("shell");
    stores.clear();
    server = () => page(BUILD, "from the server");
    expect(await inShell(shellFor(new Request(`${ORIGIN}/`)))).toBe("from the server");
  });

  it("takes over a changed page of its own build and looks for another build", async () => {
    await keepFiles();
    const update = vi.fn(() => Promise.resolve());
    const registration = { update } as unknown as ServiceWorkerRegistration;
    server = () => page(BUILD, "newer words");
    await refreshShell(registration);
    expect(await inShell(shellFor(new Request(`${ORIGIN}/`)))).toBe("newer words");
    server = () => page("another", "of another build");
    await refreshShell(registration);
    expect(await inShell(shellFor(new Request(`${ORIGIN}/`)))).toBe("newer words");
    expect(update).toHaveBeenCalledOnce();
  });

  const PORTAL = "<html>Sign in to the wireless network</html>";
  const html = (): Response => new Response(PORTAL, { headers: { "Content-Type": "text/html" } });
  const kept = async (): Promise<string | undefined> => stores.get(MINE)?.kept.get(MAIN)?.clone().text();
  const answers = (file: (cache?: RequestCache) => Response): void => {
    server = (path, cache) => (path === "/" ? page(BUILD) : file(cache));
  };

  it.each<[string, () => Response]>([
    ["a portal's page", html],
    ["half of it", () => new Response(`file ${MAIN}`.slice(0, 9))],
    ["the file of another build", () => new Response("file of another build")],
    ["nothing", () => new Response("")],
    [
      "what another address said",
      () => Object.defineProperty(new Response(`file ${MAIN}`), "redirected", { value: true }),
    ],
  ])("is not installed with %s in the place of a file, and keeps none of it", async (_name, answer) => {
    answers(answer);
    await expect(keepFiles()).rejects.toThrow();
    expect(await kept()).toBeUndefined();
    answers(() => new Response(`file ${MAIN}`));
    await keepFiles();
    expect(await kept()).toBe(`file ${MAIN}`);
  });

  it("asks past every cache for a file that a cache has spoiled", async () => {
    answers((cache) => (cache === "reload" ? new Response(`file ${MAIN}`) : html()));
    await keepFiles();
    expect(await kept()).toBe(`file ${MAIN}`);
  });

  it("keeps a file under its own type, whatever a proxy made of it", async () => {
    answers(() => new Response(`file ${MAIN}`, { headers: { "Content-Type": "text/html", Vary: "*" } }));
    await keepFiles();
    expect([...(stores.get(MINE)?.kept.get(MAIN)?.headers ?? [])]).toEqual([
      ["content-type", "text/javascript; charset=utf-8"],
    ]);
  });

  it("mends what an earlier worker has taken from a portal", async () => {
    await keepFiles();
    stores.get(MINE)?.kept.set(MAIN, html());
    await mendFiles();
    expect(await kept()).toBe(`file ${MAIN}`);
  });

  it("takes again what the browser has thrown away, and no page in its place", async () => {
    await keepFiles();
    stores.get(MINE)?.kept.delete(MAIN);
    answers(html);
    await expect(fromFiles(new Request(ORIGIN + MAIN))).rejects.toThrow();
    answers(() => new Response(`file ${MAIN}`));
    expect(await (await fromFiles(new Request(ORIGIN + MAIN))).text()).toBe(`file ${MAIN}`);
    await vi.waitFor(async () => expect(await kept()).toBe(`file ${MAIN}`));
  });

  it.each([PORTAL, `<meta name="build" content="${BUILD}">cut`])(
    "takes no shell that is not whole: %s",
    async (text) => {
      await keepFiles();
      server = () => new Response(text);
      await refreshShell({ update: () => Promise.resolve() } as unknown as ServiceWorkerRegistration);
      expect(await inShell(shellFor(new Request(`${ORIGIN}/`)))).toBe("shell");
      await expect(keepFiles()).rejects.toThrow();
    },
  );

  it("keeps the build before for tabs that still run it, and no older one", async () => {
    for (const name of ["doorstep-app-first", "doorstep-app-second", MINE, "somebody-elses"])
      stores.set(name, new Store());
    stores.get("doorstep-app-second")?.kept.set("/static/assets/map-87654321.js", new Response("the map"));
    await forgetOldFiles();
    expect([...stores.keys()]).toEqual(["doorstep-app-second", MINE, "somebody-elses"]);
    expect(await (await fromFiles(new Request(`${ORIGIN}/static/assets/map-87654321.js`))).text()).toBe("the map");
  });
});

interface Shown {
  title: string;
  options: NotificationOptions & { renotify?: boolean; vibrate?: number[] };
  close: () => void;
}

/** A worker's scope with notifications and windows. */
function scope(windows: { url: string; visibilityState: string }[] = []) {
  let shown: Shown[] = [];
  const told: unknown[] = [];
  const opened: string[] = [];
  const clients = windows.map((window) => ({
    ...window,
    focus: () => Promise.resolve(),
    postMessage: (message: unknown) => told.push(message),
  }));
  const made = {
    registration: {
      showNotification: (title: string, options: Shown["options"]) => {
        shown = shown.filter((other) => other.options.tag !== options.tag);
        const close = (): void => {
          shown = shown.filter((other) => other !== notice);
        };
        const notice = { title, options, close };
        shown.push(notice);
        return Promise.resolve();
      },
      getNotifications: ({ tag }: { tag: string }) => Promise.resolve(shown.filter((one) => one.options.tag === tag)),
    },
    clients: {
      matchAll: () => Promise.resolve(clients),
      openWindow: (path: string) => Promise.resolve(opened.push(path)),
    },
  };
  return { scope: made as unknown as ServiceWorkerGlobalScope, shown: () => shown, told, opened };
}

const push = (data: unknown): PushEvent =>
  ({ data: { json: () => (typeof data === "string" ? JSON.parse(data) : data) } }) as unknown as PushEvent;
const VISIT = { type: "visit", id: "m1", assignment: "a1", answer_by: "2026-11-20T07:40:00+00:00", n: 1 };

describe("what is pushed", () => {
  it.each([
    ["zh-hans", "有新任务，15:40 前签收"],
    ["en", "New visit, acknowledge by 15:40"],
  ])("says in %s until when", async (language, title) => {
    asked.language = language;
    const phone = scope();
    await pushed(phone.scope, push(VISIT));
    const [notice] = phone.shown();
    expect(notice?.title).toBe(title);
    expect(notice?.options).toMatchObject({ tag: "a1", renotify: true, requireInteraction: true });
    expect(notice?.options.vibrate?.length).toBeGreaterThan(2);
    expect(asked.posts).toEqual([{ path: "/api/v1/push/receipt", json: { id: "m1" } }]);
  });

  it("rings once for an assignment, however often it is pushed", async () => {
    const phone = scope();
    await pushed(phone.scope, push(VISIT));
    await pushed(phone.scope, push({ ...VISIT, id: "m2", n: 3 }));
    expect(phone.shown()).toHaveLength(1);
    expect(phone.shown()[0]?.options.body).toBe("共 3 个任务等你签收");
  });

  it("takes down what is gone, and says so only to a screen that nobody looks at", async () => {
    for (const windows of [[], [{ url: `${ORIGIN}/`, visibilityState: "visible" }]]) {
      const phone = scope(windows);
      await pushed(phone.scope, push(VISIT));
      await pushed(phone.scope, push({ type: "gone", assignment: "a1", id: "m3" }));
      expect(phone.shown().map((notice) => notice.title)).toEqual(windows.length ? [] : ["刚才的任务不用去了"]);
    }
  });

  it("proves a test silently while somebody looks", async () => {
    const phone = scope([{ url: `${ORIGIN}/app/ready`, visibilityState: "visible" }]);
    await pushed(phone.scope, push({ type: "test", id: "t1" }));
    expect(phone.shown()).toEqual([]);
    expect(asked.posts).toEqual([{ path: "/api/v1/push/receipt", json: { id: "t1" } }]);
  });

  it.each([["not json at all"], [{ type: "of a newer server" }], ["null"]])(
    "shows something neutral for %j",
    async (data) => {
      const phone = scope();
      await pushed(phone.scope, push(data));
      expect(phone.shown().map((notice) => notice.title)).toEqual(["上门劝阻有新消息，点开看"]);
    },
  );

  it("opens the visit, in the window that is there or in a new one", async () => {
    const isApp = (path: string): boolean => path === "/" || path.startsWith("/app/");
    const tap = { notification: { data: { path: "/app/visit/a1" }, close: vi.fn() } } as unknown as NotificationEvent;
    const desk = scope([{ url: `${ORIGIN}/admin/`, visibilityState: "visible" }]);
    await clicked(desk.scope, tap, isApp);
    expect(desk.opened).toEqual(["/app/visit/a1"]);
    const phone = scope([{ url: `${ORIGIN}/app/card`, visibilityState: "hidden" }]);
    await clicked(phone.scope, tap, isApp);
    expect([phone.opened, phone.told]).toEqual([[], [{ type: "open", path: "/app/visit/a1" }]]);
  });
});
