// The files of one build, kept as a whole: a shell of one version never meets the scripts of another.
declare const __FILES__: Readonly<Record<string, string>>; // address: SHA-256 of its content, hexadecimal
declare const __BUILD__: string;

const PREFIX = "doorstep-app-";
const MINE = `${PREFIX}${__BUILD__}`;
const SHELL = "/";
const TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
};

/** Fetch everything that this build needs; rejects when anything is missing, and the browser tries again later. */
export async function keepFiles(): Promise<void> {
  const shell = await ownShell(await fetch(SHELL, { cache: "reload", credentials: "same-origin" }));
  if (!shell) throw new Error("The server shows another build.");
  await mendFiles();
  await (await caches.open(MINE)).put(SHELL, shell);
}

/** Fetch what is not kept, or not whole: an earlier worker may have taken a portal's page for a script. */
export async function mendFiles(): Promise<void> {
  const files = await caches.open(MINE);
  const mend = async (file: string): Promise<void> => {
    const kept = await files.match(file);
    if (!(kept && (await whole(kept, file)))) await files.put(file, await fetched(file));
  };
  await Promise.all(Object.keys(__FILES__).map(mend));
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
    const answer = await fetch(SHELL, { cache: "no-cache", credentials: "same-origin" });
    const shell = await ownShell(answer);
    if (shell) await (await caches.open(MINE)).put(SHELL, shell);
    else if (answer.ok) await registration.update();
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
  const { pathname } = new URL(request.url);
  if (!mine && pathname in __FILES__) return replaced(pathname);
  const kept = mine ?? (await caches.match(request).catch(() => undefined));
  return kept ?? fetch(request);
}

/** What the browser has thrown away, taken from the server again. */
async function replaced(file: string): Promise<Response> {
  const found = await fetched(file);
  const copy = found.clone();
  void caches.open(MINE).then(
    (files) => files.put(file, copy),
    () => undefined, // no room: it is fetched again the next time
  );
  return found;
}

/** A file as this build has it; what comes otherwise is asked for once more, past every cache, and then given up. */
async function fetched(file: string): Promise<Response> {
  const modes: RequestCache[] = ["default", "reload"];
  for (const cache of modes) {
    const found = await whole(await fetch(file, { cache, credentials: "same-origin" }), file);
    if (found) return found;
  }
  throw new Error("Something answers in the server's place.");
}

/** The answer itself where it is the whole file and nothing else; its type is ours, whatever a proxy made of it. */
async function whole(answer: Response, file: string): Promise<Response | null> {
  if (!answer.ok || answer.redirected) return null;
  const bytes = await answer.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hash !== __FILES__[file]) return null;
  const type = TYPES[file.split(".").pop() ?? ""] ?? answer.headers.get("Content-Type") ?? "";
  return new Response(bytes, { headers: { "Content-Type": type } });
}

/** The page of this build, to its end: by its own words, since a proxy may strip a header. */
async function ownShell(answer: Response): Promise<Response | null> {
  if (!answer.ok || answer.redirected) return null;
  const page = await answer.clone().text();
  const ours = page.includes(`<meta name="build" content="${__BUILD__}">`) && page.trimEnd().endsWith("</html>");
  return ours ? answer : null;
}
