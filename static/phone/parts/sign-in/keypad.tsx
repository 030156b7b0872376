// Ten digits under the thumb; a keyboard works too.
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import { sayLock as say } from "../../words/lock";

interface KeypadProps {
  length: number; // how many digits are wanted
  code: string;
  busy?: boolean;
  onCode: (code: string) => void;
}

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

export function Keypad({ length, code, busy = false, onCode }: KeypadProps) {
  const typed = useRef(code); // fast fingers are ahead of the next drawing
  typed.current = code;
  const become = (next: string): void => {
    typed.current = next;
    onCode(next);
  };
  const press = (digit: string): void => {
    if (!busy && typed.current.length < length) become(typed.current + digit);
  };
  const erase = (): void => {
    if (!busy) become(typed.current.slice(0, -1));
  };
  useEffect(() => {
    const key = (event: KeyboardEvent): void => {
      if (/^\d$/.test(event.key)) press(event.key);
      else if (event.key === "Backspace") erase();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  });
  return (
    <div class="keypad">
      <p class="keypad__dots" role="status">
        <span class="vh">{say("entered", { n: code.length })}</span>
        {Array.from({ length }, (_, place) => (
          <span key={place} class={place < code.length ? "is-on" : ""} aria-hidden="true" />
        ))}
      </p>
      <div class="keypad__keys" role="group" aria-label={say("code")}>
        {DIGITS.map((digit) => (
          <Key key={digit} digit={digit} onPress={press} />
        ))}
        <span />
        <Key digit="0" onPress={press} />
        <button class="btn keypad__key keypad__key--plain" type="button" aria-label={say("erase")} onClick={erase}>
          <Icon name="erase" />
        </button>
      </div>
    </div>
  );
}

function Key({ digit, onPress }: { digit: string; onPress: (digit: string) => void }) {
  return (
    <button
      class="btn keypad__key"
      type="button"
      aria-label={say("digit", { n: digit })}
      onClick={() => onPress(digit)}
    >
      {digit}
    </button>
  );
}
