// The lock: a quick code or the phone's own check. It rings for a new visit without saying whose.
import { useEffect, useRef, useState } from "preact/hooks";
import "../../parts/sign-in/sign-in.css";
import { Icon } from "../../../shared/parts/icon";
import { Mark } from "../../../shared/parts/mark";
import { t } from "../../../shared/words/core";
import { timeOfDay } from "../../../shared/words/format";
import { startRinging, stopRinging } from "../../data/device/ring";
import { alarm, me, unsent, work } from "../../data/disk/store";
import { isBarred, lock, tryCode, tryFinger } from "../../data/session/lock";
import { MOST_TRIES } from "../../domain/device/lock-code";
import { Note } from "../../parts/frame/frame";
import { Keypad } from "../../parts/sign-in/keypad";
import { SignInForm } from "../../parts/sign-in/sign-in-form";
import { sayLock as say } from "../../words/lock";
import { saySignIn } from "../../words/sign-in";

export function Lock({ ringing }: { ringing: boolean }) {
  const [full, setFull] = useState(false);
  const barred = isBarred();
  const waiting = unsent.value.length;
  useEffect(() => {
    document.title = `${say("title")} · ${t("app.name")}`;
  }, []);
  return (
    <div class="app gate">
      {ringing && <Rings />}
      <main class="main gate__main gate__main--lock">
        <Mark />
        {barred || full ? (
          <>
            <h1 class="gate__name">{saySignIn("again")}</h1>
            {barred && <Note icon="lock">{saySignIn("barred")}</Note>}
            <SignInForm username={me.value?.username ?? ""} />
          </>
        ) : (
          <Code onFull={() => setFull(true)} />
        )}
        {waiting > 0 && <p class="hint">{say("quiet", { n: waiting })}</p>}
      </main>
    </div>
  );
}

/** "New visit, answer by 15:40", and nothing else: whoever holds the phone may read it. */
function Rings() {
  const by = alarm.value?.due?.by;
  useEffect(() => {
    startRinging();
    return stopRinging;
  }, []);
  return (
    <p class="gate__ring" role="alert">
      <Icon name="bell" size="l" />
      <span>
        <b>{say("ring", { t: by ? timeOfDay(by) : "" })}</b>
        <br />
        {say("ring.open")}
      </span>
    </p>
  );
}

function Code({ onFull }: { onFull: () => void }) {
  const held = lock.value;
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [word, setWord] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    if (held?.finger) void tryFinger();
  }, []);
  if (!held) return null;

  const typed = async (next: string): Promise<void> => {
    setCode(next);
    setWord("");
    if (next.length < held.code.length) return;
    setBusy(true);
    const right = await tryCode(next);
    setBusy(false);
    setCode("");
    if (right) return;
    navigator.vibrate?.(120);
    setWord(say("left", { n: MOST_TRIES - (lock.value?.tries ?? 0) }));
  };
  const finger = async (): Promise<void> => {
    if (!(await tryFinger())) setWord(say("finger.no"));
  };
  return (
    <>
      <h1 class="gate__who" ref={heading} tabIndex={-1}>
        {say("who", { name: work.value?.person.name ?? me.value?.name ?? "" })}
      </h1>
      <Keypad length={held.code.length} code={code} busy={busy} onCode={(next) => void typed(next)} />
      <p class="gate__word" role="alert">
        {busy ? say("checking") : word}
      </p>
      {held.finger && (
        <button class="btn btn--soft btn--wide" type="button" onClick={() => void finger()}>
          <Icon name="shield" />
          {say("finger")}
        </button>
      )}
      <button class="btn btn--plain btn--wide" type="button" onClick={onFull}>
        {say("password")}
      </button>
    </>
  );
}
