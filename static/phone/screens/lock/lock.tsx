// The lock: a quick code or the phone's own check. It rings for a new visit without saying whose.
import { useEffect, useRef, useState } from "preact/hooks";
import "../../parts/sign-in/sign-in.css";
import { Icon } from "../../../shared/parts/icon";
import { Logo } from "../../../shared/parts/logo";
import { startRinging, stopRinging } from "../../data/device/ring";
import { alarm, me, now, unsent, work } from "../../data/disk/store";
import { isBarred, lock, tryCode } from "../../data/session/lock";
import { tryFinger } from "../../data/session/lock-finger";
import { MOST_TRIES } from "../../domain/device/lock-code";
import { Note } from "../../parts/frame/note";
import { useTitle } from "../../parts/frame/title";
import { Keypad } from "../../parts/sign-in/keypad";
import { SignInForm, useTries } from "../../parts/sign-in/sign-in-form";
import { ClockVoice } from "../../parts/work/clock-voice";
import { leftFor, timeLeft } from "../../parts/work/time-left";
import { word as appWord } from "../../words/app";
import { sayLock as say } from "../../words/lock";
import { saySignIn } from "../../words/sign-in";

export function Lock({ ringing }: { ringing: boolean }) {
  const [full, setFull] = useState(false);
  const barred = isBarred();
  const waiting = unsent.value.length;
  useTitle(say("title"));
  return (
    <div class="app gate">
      {ringing && <Rings />}
      <main class="main gate__main gate__main--lock">
        <Logo />
        {barred || full ? <Password barred={barred} /> : <Code onFull={() => setFull(true)} />}
        {waiting > 0 && <p class="hint">{say("quiet", { n: waiting })}</p>}
      </main>
    </div>
  );
}

/** In place of the code: forgotten, or tried too often. */
function Password({ barred }: { barred: boolean }) {
  const tries = useTries();
  return (
    <>
      <h1 class="gate__name">{saySignIn("again")}</h1>
      {barred && <Note icon="lock">{saySignIn("barred")}</Note>}
      <SignInForm username={me.value?.username ?? ""} tries={tries} />
    </>
  );
}

/** "New visit, 1:42 left to acknowledge", and nothing else: whoever holds the phone may read it. */
function Rings() {
  const due = alarm.value?.due;
  useEffect(() => {
    startRinging();
    return stopRinging;
  }, []);
  return (
    <div class="gate__ring">
      <Icon name="bell" size="l" />
      <p>
        <b role="alert">{say("ring")}</b>
        {due && (
          <b>
            {" · "}
            {timeLeft(due, now.value)} {leftFor(due, now.value)}
          </b>
        )}
        <br />
        {say("ring.open")}
      </p>
      {due && <ClockVoice left={due.by - now.value} />}
    </div>
  );
}

/** A code of so many digits as it is typed, and what is said of the last try. */
function useCode(length: number) {
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [word, setWord] = useState("");
  const typed = async (next: string): Promise<void> => {
    setCode(next);
    setWord("");
    if (next.length < length) return;
    setBusy(true);
    const answer = await tryCode(next).catch(() => null);
    setBusy(false);
    setCode("");
    if (answer === true) return;
    navigator.vibrate?.(120);
    setWord(answer === null ? appWord("disk.broken") : say("left", { n: MOST_TRIES - (lock.value?.tries ?? 0) }));
  };
  const finger = async (): Promise<void> => {
    if (!(await tryFinger())) setWord(say("finger.no"));
  };
  return { code, busy, word: busy ? say("checking") : word, typed, finger };
}

function Code({ onFull }: { onFull: () => void }) {
  const held = lock.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const { code, busy, word, typed, finger } = useCode(held?.code.length ?? 0);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    if (held?.finger) void tryFinger();
  }, []);
  if (!held) return null;
  return (
    <>
      <h1 class="gate__who" ref={heading} tabIndex={-1}>
        {say("who", { name: work.value?.person.name ?? me.value?.name ?? "" })}
      </h1>
      <Keypad length={held.code.length} code={code} busy={busy} onCode={(next) => void typed(next)} />
      <p class="gate__word" role="alert">
        {word}
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
