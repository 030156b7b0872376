// Rows and groups of settings.
import type { ComponentChildren } from "preact";

interface GroupProps {
  title: string;
  id?: string;
  children: ComponentChildren;
}

export function Group({ title, id, children }: GroupProps) {
  return (
    <section class="stack stack--m" id={id}>
      <div class="group">
        <h2>{title}</h2>
      </div>
      <div class="card stack">{children}</div>
    </section>
  );
}

interface ChoiceProps<T extends string | number> {
  label: string;
  options: readonly { value: T; name: string }[];
  value: T;
  onChoose: (value: T) => void;
}

/** One of a few. */
export function Choice<T extends string | number>({ label, options, value, onChoose }: ChoiceProps<T>) {
  return (
    <div class="setting">
      <p class="m">{label}</p>
      <div class="seg seg--wrap" role="group" aria-label={label}>
        {options.map((option) => (
          <button
            key={option.value}
            class="chip"
            type="button"
            aria-pressed={option.value === value}
            onClick={() => onChoose(option.value)}
          >
            {option.name}
          </button>
        ))}
      </div>
    </div>
  );
}

interface SwitchProps {
  label: string;
  hint?: string;
  on: boolean;
  words: { on: string; off: string };
  onChange: (on: boolean) => void;
}

/** On or off, as a word and a place. */
export function Switch({ label, hint, on, words, onChange }: SwitchProps) {
  return (
    <button class="switch" type="button" role="switch" aria-checked={on} onClick={() => onChange(!on)}>
      <span class="grow">
        <span class="m">{label}</span>
        {hint && <span class="hint switch__hint">{hint}</span>}
      </span>
      <span class="switch__track" aria-hidden="true">
        <span class="switch__word">{on ? words.on : words.off}</span>
        <span class="switch__knob" />
      </span>
    </button>
  );
}
