// Choosing a quick code: its length, the code, and once more.
import { useState } from "preact/hooks";
import { Sheet } from "../../../shared/parts/sheet";
import { setCode } from "../../data/session/lock";
import { codeFault } from "../../domain/device/lock-code";
import { Keypad } from "../../parts/sign-in/keypad";
import { word as appWord } from "../../words/app";
import { Choice } from "./settings";
import { sayMe as say } from "./words";

/** A code typed twice: the length of it, what stands so far, and what is the matter. */
function useNewCode(onDone: () => void) {
  const [length, setLength] = useState(4);
  const [first, setFirst] = useState<string | null>(null);
  const [code, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [word, setWord] = useState("");

  const over = (sentence: string): void => {
    setFirst(null);
    setTyped("");
    setWord(sentence);
    navigator.vibrate?.(120);
  };
  const typed = async (next: string): Promise<void> => {
    setTyped(next);
    setWord("");
    if (next.length < length) return;
    if (first === null) {
      if (codeFault(next) !== null) return over(say("code.easy"));
      setFirst(next);
      setTyped("");
      return;
    }
    if (first !== next) return over(say("code.differs"));
    setBusy(true);
    try {
      await setCode(next);
      navigator.vibrate?.(15);
      onDone();
    } catch {
      setBusy(false);
      over(appWord("disk.broken"));
    }
  };
  const lengthen = (chosen: number): void => {
    setLength(chosen);
    setTyped("");
  };
  return { length, lengthen, first: first === null, code, typed, busy, word };
}

export function CodeSheet({ onClose }: { onClose: () => void }) {
  const { length, lengthen, first, code, typed, busy, word } = useNewCode(onClose);
  return (
    <Sheet title={say("lock.set")} onClose={onClose}>
      <div class="codebox">
        {first && (
          <Choice
            label={say("code.length")}
            options={[4, 5, 6].map((value) => ({ value, name: say("code.digits", { n: value }) }))}
            value={length}
            onChoose={lengthen}
          />
        )}
        <p class="ctr m">{say(first ? "code.first" : "code.again")}</p>
        <Keypad length={length} code={code} busy={busy} onCode={(next) => void typed(next)} />
        <p class="gate__word" role="alert">
          {word}
        </p>
      </div>
    </Sheet>
  );
}
