// In the resident's hands: white, large, one thought a card, nothing of the officer's.
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import "./show.css";
import { Icon } from "../../../shared/parts/icon";
import { t } from "../../../shared/words/core";
import type { ShowCard } from "../../data/work/scripts";
import { scriptBy } from "../../data/work/visit-script";
import { useAwake } from "../../parts/frame/awake";
import { Go, Note, Screen } from "../../parts/frame/frame";
import { sayScript as say } from "../../words/scripts";

const SIZES = 3;

export function Show({ sha256 }: { sha256?: string }) {
  const script = scriptBy(sha256 ?? "");
  const [at, setAt] = useState(0);
  const [size, setSize] = useState(0);
  const { route } = useLocation();
  useAwake();
  const close = (): void => (history.length > 1 ? history.back() : route(`/app/scripts/${sha256 ?? ""}`));
  const card = script?.show[at];
  useEffect(() => {
    document.title = card ? `${card.title} · ${t("app.name")}` : t("app.name");
    scrollTo(0, 0);
  }, [card]);
  if (!script || !card) {
    return (
      <Screen title={say("show")} back="/app/scripts" dock={<Go href="/app/scripts">{say("to.scripts")}</Go>}>
        <Note tone="calm">{say(script ? "show.none" : "gone.script")}</Note>
      </Screen>
    );
  }
  const of = script.show.length;
  return (
    <div class={`show show--${size}`} lang={script.language === "en" ? "en" : "zh-CN"}>
      <div class="app">
        <header class="top">
          <span class="hint2 grow">{say("show.head")}</span>
          <button
            class="btn btn--icon"
            type="button"
            aria-label={say("show.bigger")}
            onClick={() => setSize((size + 1) % SIZES)}
          >
            <Icon name="big" />
          </button>
          <button class="btn btn--icon" type="button" aria-label={say("show.close")} onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <Page card={card} place={say("show.place", { n: at + 1, m: of })} />
        <Turn at={at} of={of} onAt={setAt} onClose={close} />
      </div>
    </div>
  );
}

/** Lines that all begin with their number are drawn as steps. */
function Page({ card, place }: { card: ShowCard; place: string }) {
  const numbered = card.lines.length > 1 && card.lines.every((line, at) => line.startsWith(String(at + 1)));
  return (
    <main class="show__body" aria-live="polite">
      <p class="vh">{place}</p>
      <h1 class="show__big">{card.title}</h1>
      {numbered ? (
        <ol class="show__steps">
          {card.lines.map((line) => (
            <li key={line} class="show__sub">
              {line.replace(/^\d+[.、\s]*/, "")}
            </li>
          ))}
        </ol>
      ) : (
        card.lines.map((line) => (
          <p key={line} class="show__sub">
            {line}
          </p>
        ))
      )}
    </main>
  );
}

function Turn({ at, of, onAt, onClose }: { at: number; of: number; onAt: (at: number) => void; onClose: () => void }) {
  const last = at === of - 1;
  return (
    <div class="dock dock--paper">
      <div class="pair">
        {at > 0 && (
          <button class="btn pair__side" type="button" onClick={() => onAt(at - 1)}>
            <Icon name="back" />
            {say("show.prev")}
          </button>
        )}
        {last ? (
          <Go onClick={onClose}>{say("show.end")}</Go>
        ) : (
          <Go iconAfter="next" onClick={() => onAt(at + 1)}>
            {say("show.next", { n: at + 2, m: of })}
          </Go>
        )}
      </div>
    </div>
  );
}
