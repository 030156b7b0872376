// The lock's settings: a code, how long the phone may lie untouched, and the phone's own check.
import { useState } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import { Sheet } from "../../../shared/parts/sheet";
import * as data from "../../data/session/lock";
import { addFinger, dropFinger } from "../../data/session/lock-finger";
import { MOST_TRIES } from "../../domain/device/lock-code";
import { Note } from "../../parts/frame/frame";
import { Keypad } from "../../parts/sign-in/keypad";
import { word as appWord } from "../../words/app";
import { CodeSheet } from "./code-sheet";
import { Choice, Group, Switch } from "./settings";
import { sayMe as say } from "./words";

type Asking = "set" | "change" | "drop" | null;

export function LockSettings() {
  const held = data.lock.value;
  const [asking, setAsking] = useState<Asking>(null);
  const close = (): void => setAsking(null);
  return (
    <Group title={say("lock")} id="lock">
      {!data.canLock && <p class="second">{say("lock.insecure")}</p>}
      {data.canLock && !held && (
        <>
          <p class="second">{say("lock.none")}</p>
          <button class="btn btn--soft btn--wide" type="button" onClick={() => setAsking("set")}>
            <Icon name="lock" />
            {say("lock.set")}
          </button>
        </>
      )}
      {held && <Held after={held.after} finger={held.finger !== null} onAsk={setAsking} />}
      {asking === "set" && <CodeSheet onClose={close} />}
      {asking === "change" && <OldCode onRight={() => setAsking("set")} onClose={close} />}
      {asking === "drop" && <OldCode onRight={() => data.dropLock().then(close)} onClose={close} />}
    </Group>
  );
}

interface HeldProps {
  after: data.Minutes;
  finger: boolean;
  onAsk: (what: Asking) => void;
}

/** The settings of a lock that there is. */
function Held({ after, finger, onAsk }: HeldProps) {
  const [word, setWord] = useState("");
  const change = async (on: boolean): Promise<void> => {
    setWord("");
    if (!on) await dropFinger();
    else if (!(await addFinger())) setWord(say("lock.finger.no"));
  };
  return (
    <>
      <Choice
        label={say("lock.after")}
        options={([1, 5, 15, 0] as const).map((value) => ({ value, name: say(`lock.${value}`) }))}
        value={after}
        onChoose={(chosen) => void data.setAfter(chosen)}
      />
      {data.canFinger.value && (
        <Switch
          label={say("lock.finger")}
          on={finger}
          words={{ on: say("on"), off: say("off") }}
          onChange={(on) => void change(on)}
        />
      )}
      {word && <Note tone="calm">{word}</Note>}
      <button class="btn btn--soft btn--wide" type="button" onClick={data.lockNow}>
        <Icon name="lock" />
        {say("lock.now")}
      </button>
      <div class="row row--wrap">
        <button class="btn grow" type="button" onClick={() => onAsk("change")}>
          {say("lock.change")}
        </button>
        <button class="btn btn--plain grow" type="button" onClick={() => onAsk("drop")}>
          {say("lock.drop")}
        </button>
      </div>
    </>
  );
}

/** Who changes the lock shows that it is theirs; five wrong codes lock. */
function OldCode({ onRight, onClose }: { onRight: () => void | Promise<void>; onClose: () => void }) {
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [word, setWord] = useState("");
  const held = data.lock.value;
  if (!held) return null;
  const typed = async (next: string): Promise<void> => {
    setCode(next);
    if (next.length < held.code.length) return;
    setBusy(true);
    try {
      if (await data.tryCode(next)) return await onRight();
    } catch {
      return setWord(appWord("disk.broken"));
    } finally {
      setBusy(false);
      setCode("");
    }
    if (data.isBarred()) data.lockNow();
    else setWord(say("code.wrong", { n: MOST_TRIES - (data.lock.value?.tries ?? 0) }));
  };
  return (
    <Sheet title={say("code.old")} onClose={onClose}>
      <div class="codebox">
        <Keypad length={held.code.length} code={code} busy={busy} onCode={(next) => void typed(next)} />
        <p class="gate__word" role="alert">
          {word}
        </p>
      </div>
    </Sheet>
  );
}
