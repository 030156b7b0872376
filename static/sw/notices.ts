// What a push becomes on the screen: a time, and never a name. Every push shows something, or browsers end them.
import { phoneNote } from "../phone/data/disk/phone-note";
import { ask } from "../shared/server/net";

interface Told {
  type?: string;
  id?: string;
  answer_by?: string;
  assignment?: string;
  n?: number;
}
type Scope = ServiceWorkerGlobalScope;
type Options = NotificationOptions & { renotify?: boolean; vibrate?: number[] };

const LOOK = { icon: "/static/img/icon-192.png", badge: "/static/img/badge-96.png" };
const RING = [600, 200, 600, 200, 600, 200, 1200];

/** Show what was pushed, and tell the server that it came. */
export async function pushed(scope: Scope, event: PushEvent): Promise<void> {
  const told = read(event.data);
  await Promise.all([show(scope, told), receipt(told.id), tellPages(scope, told.id)]);
}

/** The ready check waits for this in the page. */
async function tellPages(scope: Scope, id: string | undefined): Promise<void> {
  for (const page of await scope.clients.matchAll({ type: "window", includeUncontrolled: true })) {
    page.postMessage({ type: "push-received", id });
  }
}

/** Bring the app to the front, at the visit that the notification is about. */
export async function clicked(scope: Scope, event: NotificationEvent, isApp: (path: string) => boolean): Promise<void> {
  event.notification.close();
  const path = (event.notification.data as { path?: string } | null)?.path ?? "/";
  const windows = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find((window) => isApp(new URL(window.url).pathname));
  if (!open) {
    await scope.clients.openWindow(path);
    return;
  }
  await open.focus().catch(() => undefined);
  open.postMessage({ type: "open", path });
}

async function show(scope: Scope, told: Told): Promise<void> {
  const say = words(await language());
  const { assignment, n = 1 } = told;
  if (told.type === "visit" && assignment) {
    const options: Options = {
      ...LOOK,
      tag: assignment,
      renotify: true,
      requireInteraction: true,
      vibrate: RING,
      lang: say.lang,
      body: n > 1 ? say.waiting(n) : say.open,
      data: { path: `/app/visit/${assignment}` },
    };
    await scope.registration.showNotification(say.visit(told.answer_by), options);
    return;
  }
  if (told.type === "gone" && assignment) {
    for (const shown of await scope.registration.getNotifications({ tag: assignment })) shown.close();
  }
  const known = told.type === "gone" || told.type === "test";
  if (known && (await somebodyLooks(scope))) return;
  const title = told.type === "gone" || told.type === "test" ? say[told.type] : say.unknown;
  await scope.registration.showNotification(title, { ...LOOK, tag: "quiet", silent: true, lang: say.lang });
}

async function somebodyLooks(scope: Scope): Promise<boolean> {
  const windows = await scope.clients.matchAll({ type: "window" });
  return windows.some((window) => window.visibilityState === "visible");
}

/** The proof that pushes reach this phone; without a session or a network it is simply not given. */
async function receipt(id: string | undefined): Promise<void> {
  if (id) await ask("/api/v1/push/receipt", { method: "POST", json: { id } }).catch(() => undefined);
}

/** What a newer server may push and this worker does not know still shows something. */
function read(data: PushMessageData | null): Told {
  try {
    const told: unknown = data?.json();
    return typeof told === "object" && told !== null ? told : {};
  } catch {
    return {};
  }
}

async function language(): Promise<string> {
  return (await phoneNote("language").catch(() => null)) ?? navigator.language;
}

function words(spoken: string) {
  const chinese = spoken.startsWith("zh");
  return chinese
    ? {
        lang: "zh-CN",
        visit: (by?: string) => (clock(by) ? `有新任务，${clock(by)} 前签收` : "有新任务，打开签收"),
        waiting: (n: number) => `共 ${n} 个任务等你签收`,
        open: "点开看地址和情况",
        gone: "刚才的任务不用去了",
        test: "推送正常",
        unknown: "上门劝阻有新消息，点开看",
      }
    : {
        lang: "en",
        visit: (by?: string) =>
          clock(by) ? `New visit, acknowledge by ${clock(by)}` : "New visit, open to acknowledge",
        waiting: (n: number) => `${n} visits wait for you to acknowledge them`,
        open: "Open for the address and what is known",
        gone: "That visit is no longer yours to make",
        test: "Push works",
        unknown: "Doorstep has news, open to see",
      };
}

function clock(iso: string | undefined): string {
  const at = iso ? new Date(iso) : null;
  if (!at || Number.isNaN(at.getTime())) return "";
  const shape = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" } as const;
  return new Intl.DateTimeFormat("en-GB", shape).format(at);
}
