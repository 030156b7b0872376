// The lock's settings: a code, how long the phone may lie untouched, and the phone's own check.
import { useState } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import { Sheet } from "../../../shared/parts/sheet";
import * as data from "../../data/session/lock";
import { MOST_TRIES } from "../../domain/device/lock-code";
import { Note } from "../../parts/frame/frame";
import { Keypad } from "../../parts/sign-in/keypad";
import { CodeSheet } from "./code-sheet";
import { Choice, Group, Switch } from "./settings";
import { sayMe as say } from "./words";

type Asking = "set" | "change" | "drop" | null;

export function LockSettings() {
  const held = data.lock.value;
  const [asking, setAsking] = useState<Asking>(null);
  const [word, setWord] = useState("");
  const close = (): void => setAsking(null);
  const finger = async (on: boolean): Promise<void> => {
    setWord("");
    if (!on) await data.dropFinger();
    else if (!(await data.addFinger())) setWord(say("lock.finger.no"));
  };
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
      {held && (
        <>
          <Choice
            label={say("lock.after")}
            options={([1, 5, 15, 0] as const).map((value) => ({ value, name: say(`lock.${value}`) }))}
            value={held.after}
            onChoose={(after) => void data.setAfter(after)}
          />
          {data.canFinger.value && (
            <Switch
              label={say("lock.finger")}
              on={held.finger !== null}
              words={{ on: say("on"), off: say("off") }}
              onChange={(on) => void finger(on)}
            />
          )}
          {word && <Note tone="calm">{word}</Note>}
          <button class="btn btn--soft btn--wide" type="button" onClick={data.lockNow}>
            <Icon name="lock" />
            {say("lock.now")}
          </button>
          <div class="row row--wrap">
            <button class="btn grow" type="button" onClick={() => setAsking("change")}>
              {say("lock.change")}
            </button>
            <button class="btn btn--plain grow" type="button" onClick={() => setAsking("drop")}>
              {say("lock.drop")}
            </button>
          </div>
        </>
      )}
      {asking === "set" && <CodeSheet onClose={close} />}
      {asking === "change" && <OldCode onRight={() => setAsking("set")} onClose={close} />}
      {asking === "drop" && <OldCode onRight={() => void data.dropLock().then(close)} onClose={close} />}
    </Group>
  );
}

/** Who changes the lock shows that it is theirs; five wrong codes lock. */
function OldCode({ onRight, onClose }: { onRight: () => void; onClose: () => void }) {
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [word, setWord] = useState("");
  const held = data.lock.value;
  if (!held) return null;
  const typed = async (next: string): Promise<void> => {
    setCode(next);
    if (next.length < held.code.length) return;
    setBusy(true);
    const right = await data.tryCode(next);
    setBusy(false);
    setCode("");
    if (right) onRight();
    else if (data.isBarred()) data.lockNow();
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
