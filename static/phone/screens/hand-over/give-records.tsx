// The giving side of a hand-over: what waits on this phone as a file, or as QR codes one after another.
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import { dayOf, timeOfDay } from "../../../shared/words/format";
import { me, now, photosLeft, tapped, unsent } from "../../data/disk/store";
import { filesOf, linksOf, readyHandover } from "../../data/outbox/handover";
import type { Author } from "../../domain/outbox/envelope";
import { Go, Note } from "../../parts/frame/frame";
import { Qr } from "./qr";
import { say } from "./words";

type Shown = "nothing" | "qr" | "file";

export function Give() {
  const [author, setAuthor] = useState<Author | null | undefined>();
  useEffect(() => {
    if (isSecureContext) void tapped(readyHandover()).then(setAuthor, () => setAuthor(null));
  }, []);
  if (unsent.value.length === 0) {
    return (
      <Note tone="ok" icon="check">
        {say("give.none")}
      </Note>
    );
  }
  if (!isSecureContext) return <Note icon="lock">{say("insecure")}</Note>;
  if (author === null) return <Note icon="lock">{say("no_key")}</Note>;
  if (author === undefined) return <Note tone="calm">{say("key")}</Note>;
  return <Ways author={author} />;
}

/** As QR codes or as a file. */
function Ways({ author }: { author: Author }) {
  const [shown, setShown] = useState<Shown>("nothing");
  const file = async (): Promise<void> => {
    await share(await filesOf(author), `${me.value?.username ?? "doorstep"}-${dayOf(now.value)}`);
    setShown("file");
  };
  return (
    <section class="card stack give">
      <h2>{say("give", { n: unsent.value.length })}</h2>
      <p class="second t2">{say("how")}</p>
      {photosLeft.value.length > 0 && <p class="second t2">{say("no_photos")}</p>}
      {shown === "qr" ? <Codes author={author} /> : null}
      {shown === "file" && (
        <p class="note note--ok" role="status">
          {say("file.made")}
        </p>
      )}
      {shown !== "qr" && (
        <Go icon="qr" onClick={() => setShown("qr")}>
          {say("qr")}
        </Go>
      )}
      <button class="btn btn--wide" type="button" onClick={() => void file()}>
        <Icon name="file" />
        {say("file")}
      </button>
    </section>
  );
}

/** The squares of a link's QR code; "absent" where this browser keeps no files of the app and there is no network. */
function useModules(link: string | undefined): boolean[][] | "absent" | null {
  const [modules, setModules] = useState<boolean[][] | "absent" | null>(null);
  useEffect(() => {
    if (!link) return;
    import("uqr").then(
      ({ encode }) => setModules(encode(link, { ecc: "L", border: 4 }).data),
      () => setModules("absent"),
    );
  }, [link]);
  return modules;
}

function Codes({ author }: { author: Author }) {
  const [made, setMade] = useState<{ links: string[]; tooLong: number } | null>(null);
  const [place, setPlace] = useState(0);
  useEffect(() => void linksOf(author, location.origin).then(setMade), [author]);
  const modules = useModules(made?.links[place]);
  if (modules === "absent") return <Note>{say("qr.absent")}</Note>;
  if (!made) return null;
  const all = made.links.length;
  return (
    <>
      {modules && <Qr modules={modules} name={say("qr.name", { n: place + 1 })} />}
      {all > 1 && <Turn place={place} all={all} onTurn={setPlace} />}
      {made.tooLong > 0 && <Note>{say("qr.too_long", { n: made.tooLong })}</Note>}
    </>
  );
}

/** To the code before and the next one. */
function Turn({ place, all, onTurn }: { place: number; all: number; onTurn: (place: number) => void }) {
  return (
    <>
      <p class="ctr b" role="status">
        {say("qr.n", { n: place + 1, all })}
      </p>
      <div class="pair pair--even">
        <button class="btn" type="button" disabled={place === 0} onClick={() => onTurn(place - 1)}>
          {say("qr.before")}
        </button>
        <button class="btn btn--fill" type="button" disabled={place === all - 1} onClick={() => onTurn(place + 1)}>
          {say("qr.next")}
        </button>
      </div>
    </>
  );
}

/** Hand files to another app, or save them where this browser shares none. */
async function share(texts: readonly string[], name: string): Promise<void> {
  const stamp = timeOfDay(now.value).replace(":", "");
  const named = (place: number): string => (texts.length > 1 ? `${name}-${stamp}-${place + 1}` : `${name}-${stamp}`);
  // Some systems pass on only kinds that they know: the ending tells people, the type tells them.
  const files = texts.map((text, place) => new File([text], `${named(place)}.doorstep.txt`, { type: "text/plain" }));
  if (navigator.canShare?.({ files })) {
    try {
      await navigator.share({ files });
      return;
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
    }
  }
  for (const [place, text] of texts.entries()) save(text, `${named(place)}.doorstep`);
}

function save(text: string, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
