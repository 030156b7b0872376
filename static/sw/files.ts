// The files of one build, kept as a whole: a shell of one version never meets the scripts of another.
declare const __FILES__: readonly string[];
declare const __BUILD__: string;

const PREFIX = "doorstep-app-";
const MINE = `${PREFIX}${__BUILD__}`;
const SHELL = "/";

/** Fetch everything that this build needs; rejects when anything is missing, and the browser tries again later. */
export async function keepFiles(): Promise<void> {
  const shell = await fetch(SHELL, { cache: "reload", credentials: "same-origin" });
  if (!isMine(shell)) throw new Error("The server shows another build.");
  const files = await caches.open(MINE);
  const known = new Set((await files.keys()).map((request) => new URL(request.url).pathname));
  await files.addAll(__FILES__.filter((file) => !known.has(file)));
  await files.put(SHELL, shell);
}

/** Drop the files of earlier builds except the last: a tab that has not changed over may still ask for them. */
export async function forgetOldFiles(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== MINE);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

/** The kept shell at once; the server's where the browser has thrown ours away. */
export async function shellFor(request: Request): Promise<Response> {
  const kept = await caches.open(MINE).then(
    (files) => files.match(SHELL),
    () => undefined,
  );
  return kept ?? fetch(request);
}

/** In the background: take over a changed page of this build, and look for another build. */
export async function refreshShell(registration: ServiceWorkerRegistration): Promise<void> {
  try {
    const shell = await fetch(SHELL, { cache: "no-cache", credentials: "same-origin" });
    if (isMine(shell)) await (await caches.open(MINE)).put(SHELL, shell);
    else if (shell.ok) await registration.update();
  } catch {
    // Offline: what is kept stays good.
  }
}

/** A script or style: kept, or from the server; its name holds its hash, so it is never old. */
export async function fromFiles(request: Request): Promise<Response> {
  // First where this build's files are: looking through every cache takes several times as long.
  const mine = await caches.open(MINE).then(
    (files) => files.match(request),
    () => undefined,
  );
  const kept = mine ?? (await caches.match(request).catch(() => undefined));
  return kept ?? fetch(request);
}

function isMine(response: Response): boolean {
  return response.ok && !response.redirected && response.headers.get("X-Build") === __BUILD__;
}
