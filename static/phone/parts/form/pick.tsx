// Groups of chips in a form: several at once, or one of them.
import type { ComponentChildren } from "preact";
import { Chip } from "../frame/frame";

interface FieldProps {
  legend: ComponentChildren;
  hint?: ComponentChildren;
  ask?: string | false | null | undefined; // what is still asked for, said under the chips
  id?: string;
  children: ComponentChildren;
}

/** A named group of a form, with the sentence about what it still lacks. */
export function Field({ legend, hint, ask, id, children }: FieldProps) {
  return (
    <fieldset class="field" id={id} tabIndex={id ? -1 : undefined}>
      <legend>
        {legend} {hint && <span class="hint">{hint}</span>}
      </legend>
      {children}
      {ask && (
        <p class="ask" role="alert">
          {ask}
        </p>
      )}
    </fieldset>
  );
}

interface ManyProps<T extends string> {
  of: readonly T[];
  on: readonly T[];
  word: (code: T) => string;
  toggle: (code: T) => void;
  children?: ComponentChildren;
}

/** Chips of which any number may be on. */
export function Many<T extends string>({ of, on, word, toggle, children }: ManyProps<T>) {
  return (
    <div class="chips">
      {of.map((code) => (
        <Chip key={code} on={on.includes(code)} onClick={() => toggle(code)}>
          {word(code)}
        </Chip>
      ))}
      {children}
    </div>
  );
}

interface OneProps<T> {
  of: readonly T[];
  on: T | null;
  word: (code: T) => string;
  pick: (code: T) => void;
  seg?: boolean; // side by side, where there are few
}

/** Chips of which one is on. */
export function One<T extends string>({ of, on, word, pick, seg }: OneProps<T>) {
  return (
    <div class={seg ? "seg" : "chips"}>
      {of.map((code) => (
        <Chip key={code} on={on === code} onClick={() => pick(code)}>
          {word(code)}
        </Chip>
      ))}
    </div>
  );
}
