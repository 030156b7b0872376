// The officer card: who stands at the door, a code that the resident can check, what police never ask.
import { useEffect, useState } from "preact/hooks";
import "./card.css";
import { FuseBar } from "../../../shared/parts/clocks";
import { Icon } from "../../../shared/parts/icon";
import { NEVER_ASKED, NEVER_TITLE, STAFF_NUMBER } from "../../../shared/server/names";
import { named } from "../../../shared/words/named";
import { roleName } from "../../../shared/words/roles";
import { language } from "../../../shared/words/say";
import { compared, now } from "../../data/disk/store";
import { card, cardState, type OfficerCard, readCard } from "../../data/session/card";
import { scriptFor, scripts } from "../../data/work/scripts";
import { useAwake } from "../../parts/frame/awake";
import { Go, Note, Screen } from "../../parts/frame/frame";
import { useGoBack } from "../../parts/frame/go-back";
import { Rose } from "./rose";
import { codeOf, counterAt, fromBase32 } from "./totp";
import { sayCard as say } from "./words";

/** The code follows the server's clock: where that was never heard of, the officer reads so before the resident looks. */
export function Card() {
  const [shown, setShown] = useState(false);
  return compared.value || shown ? <Shown /> : <Before onShow={() => setShown(true)} />;
}

function Before({ onShow }: { onShow: () => void }) {
  const leave = useGoBack("/");
  return (
    <Screen
      title={say("before")}
      back={leave}
      dock={
        <Go icon="card" onClick={onShow}>
          {say("anyway")}
        </Go>
      }
    >
      <Note icon="clock">{say("clock")}</Note>
    </Screen>
  );
}

/** What the resident sees: nothing here is for the officer. */
function Shown() {
  const [big, setBig] = useState(false);
  useAwake();
  useEffect(() => {
    void readCard();
  }, []);
  const held = card.value;
  const done = useGoBack("/");
  const toggle = (
    <button class="btn btn--icon" type="button" aria-label={say("big")} aria-pressed={big} onClick={() => setBig(!big)}>
      <Icon name="big" />
    </button>
  );
  return (
    <Screen
      title={say("title")}
      back={done}
      head={toggle}
      dock={
        <Go icon="check" onClick={done}>
          {say("done")}
        </Go>
      }
    >
      <div class={big ? "paper paper--big" : "paper"}>
        {held && canReckon() ? <Paper held={held} /> : <Lacking />}
        <Never />
        <ShowLink />
      </div>
    </Screen>
  );
}

/** A page that is not encrypted has no means to reckon a code. */
const canReckon = (): boolean => globalThis.crypto?.subtle !== undefined;

function Lacking() {
  const state = card.value ? "insecure" : cardState.value;
  if (state === "reading" || state === "here") return <p class="muted">{say("reading")}</p>;
  return <Note icon="card">{say(state)}</Note>;
}

function Paper({ held }: { held: OfficerCard }) {
  return (
    <section class="idcard" aria-label={say("card")}>
      <div class="idcard__head">
        <Icon name="shield" />
        <div>
          <h2 class="idcard__name">
            <bdi>{held.name}</bdi>
          </h2>
          <p>
            {held.unit ? `${held.unit} · ` : ""}
            {roleName(held.role)}
            <br />
            {named(STAFF_NUMBER)} {held.number}
          </p>
        </div>
      </div>
      <Code held={held} />
      <div class="idcard__how">
        <b>{say("how")}</b>
        {say("how.a")}
        <b>{held.hotline}</b>
        {say("how.b")}
        <p class="idcard__web">{say("how.web", { url: `${location.host}/verify` })}</p>
      </div>
    </section>
  );
}

function Code({ held }: { held: OfficerCard }) {
  const [digits, setDigits] = useState("");
  const { counter, leftMs } = counterAt(now.value, held.period_s);
  useEffect(() => {
    let over = false;
    void codeOf(fromBase32(held.secret), counter, held.digits).then((code) => {
      if (!over) setDigits(code);
    });
    return () => {
      over = true;
    };
  }, [held.secret, held.digits, counter]);
  const half = Math.ceil(digits.length / 2);
  const left = Math.max(1, Math.ceil(leftMs / 1000));
  return (
    <div class="idcard__code">
      <Rose />
      <p class="idcard__label" aria-hidden="true">
        {say("code")}
      </p>
      <p class="vh">{say("digits", { d: [...digits].join(" ") })}</p>
      <p class="code" aria-hidden="true">
        <span>{digits.slice(0, half)}</span>
        <span>{digits.slice(half)}</span>
      </p>
      <FuseBar part={leftMs / (held.period_s * 1000)} />
      <p class="hint2">{say("next", { n: left })}</p>
    </div>
  );
}

function Never() {
  return (
    <section class="idcard idcard--never">
      <h2>{named(NEVER_TITLE)}</h2>
      <ul class="never">
        {Object.entries(NEVER_ASKED).map(([code, words]) => (
          <li key={code}>
            <Icon name="close" />
            {named(words)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Pictures that fit any case; a visit's own are in its script. */
function ShowLink() {
  void scripts.value;
  const script = scriptFor("other", "resident", language.value);
  if (!script || script.show.length === 0) return null;
  return (
    <a class="btn btn--wide" href={`/app/show/${script.sha256}`}>
      <Icon name="img" />
      {say("show")}
    </a>
  );
}
