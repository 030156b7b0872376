// The wall: a right was taken away. It clears the phone, and says what happens to what had not arrived.
import { useEffect, useState } from "preact/hooks";
import "../../parts/sign-in/sign-in.css";
import { Languages } from "../../../shared/parts/languages";
import { Logo } from "../../../shared/parts/logo";
import { sealedHere } from "../../data/disk/sealed";
import { takeAway } from "../../data/session/removal";
import { othersUnsent, setWall } from "../../data/session/session";
import { Note } from "../../parts/frame/note";
import { useTitle } from "../../parts/frame/title";
import { saySignIn } from "../../words/sign-in";
import { say } from "./words";

const AGAIN_MS = 2_000; // a disk that does not answer now

interface Left {
  sealed: number;
  unsealed: number;
}

/** What is left on this phone once everything else is gone; null until then. */
async function cleared(): Promise<Left> {
  await takeAway();
  const boxes = await sealedHere().catch(() => []);
  const unsealed = await othersUnsent().catch(() => 0);
  return { sealed: boxes.reduce((sum, { records }) => sum + records, 0), unsealed };
}

export function Wall() {
  const [left, setLeft] = useState<Left | null>(null);
  useTitle(say("title"));
  useEffect(() => {
    history.replaceState(null, "", "/");
    let timer: ReturnType<typeof setTimeout> | undefined;
    const clear = (): void => {
      cleared().then(setLeft, () => {
        timer = setTimeout(clear, AGAIN_MS);
      });
    };
    clear();
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="app gate">
      <header class="gate__top">
        <Logo />
        <Languages label={saySignIn("language")} />
      </header>
      <main class="main gate__main">
        <h1 class="gate__name">{say("title")}</h1>
        <p>{say("why")}</p>
        <div class="stack" role="status">
          {left === null ? <Note tone="calm">{say("going")}</Note> : <Remains {...left} />}
        </div>
        <p class="hint">{say("next")}</p>
        {left !== null && (
          <button class="btn btn--wide" type="button" onClick={() => setWall(null)}>
            {say("go")}
          </button>
        )}
      </main>
    </div>
  );
}

function Remains({ sealed, unsealed }: Left) {
  return (
    <>
      <Note icon="check">{say("gone")}</Note>
      {sealed > 0 && <Note icon="lock">{say("sealed", { n: sealed })}</Note>}
      {unsealed > 0 && <Note icon="alert">{say("unsealed", { n: unsealed })}</Note>}
      {sealed + unsealed === 0 && <Note tone="calm">{say("none")}</Note>}
    </>
  );
}
