// In the resident's hands: white, large, one thought a card, nothing of the officer's.
import { useEffect, useState } from "preact/hooks";
import "./show.css";
import { Icon } from "../../../shared/parts/icon";
import { asAct, asScreen } from "../../../shared/parts/taps";
import type { ShowCard } from "../../data/work/scripts";
import { scriptBy } from "../../data/work/visit-script";
import { useAwake } from "../../parts/frame/awake";
import { Go, Note, Screen } from "../../parts/frame/frame";
import { useGoBack } from "../../parts/frame/go-back";
import { useTitle } from "../../parts/frame/title";
import { sayScript as say } from "../../words/scripts";
import { DrawnSteps, unnumbered } from "./drawn-steps";

export function Show({ sha256 }: { sha256?: string }) {
  const script = scriptBy(sha256 ?? "");
  const [at, setAt] = useState(0);
  const [big, setBig] = useState(false);
  useAwake();
  const close = useGoBack(`/app/scripts/${sha256 ?? ""}`);
  const card = script?.show[at];
  useTitle(card?.title ?? "");
  useEffect(() => {
    if (card) scrollTo(0, 0);
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
    <div class={big ? "show show--big" : "show"} lang={script.language === "en" ? "en" : "zh-CN"}>
      <div class="app" ref={asScreen}>
        <header class="top">
          <span class="hint2 grow">{say("show.head")}</span>
          <button
            class="btn btn--icon"
            type="button"
            aria-label={say("show.bigger")}
            aria-pressed={big}
            onClick={() => setBig(!big)}
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

/** Drawn where the card has pictures; else lines that all begin with their number are steps. */
function Page({ card, place }: { card: ShowCard; place: string }) {
  const drawn = card.pictures !== undefined;
  return (
    <main class={drawn ? "show__body show__body--steps" : "show__body"} aria-live="polite">
      <p class="vh">{place}</p>
      <h1 class={drawn ? "show__big show__h" : "show__big"} key={card.title}>
        {card.title}
      </h1>
      {drawn ? (
        <DrawnSteps key={card.key} lines={card.lines} pictures={card.pictures ?? []} />
      ) : (
        <Lines lines={card.lines} />
      )}
    </main>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  const numbered = lines.length > 1 && lines.every((line, at) => line.startsWith(String(at + 1)));
  if (!numbered) {
    return (
      <>
        {lines.map((line) => (
          <p key={line} class="show__sub">
            {line}
          </p>
        ))}
      </>
    );
  }
  return (
    <ol class="show__steps">
      {lines.map((line) => (
        <li key={line} class="show__sub">
          {unnumbered(line)}
        </li>
      ))}
    </ol>
  );
}

function Turn({ at, of, onAt, onClose }: { at: number; of: number; onAt: (at: number) => void; onClose: () => void }) {
  const last = at === of - 1;
  return (
    <div class="dock dock--paper" ref={asAct}>
      <div class="pair">
        {at > 0 && (
          <button class="btn pair__side" type="button" onClick={() => onAt(at - 1)}>
            <Icon name="back" />
            {say("show.prev")}
          </button>
        )}
        {last ? (
          <Go key="end" onClick={onClose}>
            {say("show.end")}
          </Go>
        ) : (
          <Go key={at} iconAfter="next" onClick={() => onAt(at + 1)}>
            {say("show.next", { n: at + 2, m: of })}
          </Go>
        )}
      </div>
    </div>
  );
}
