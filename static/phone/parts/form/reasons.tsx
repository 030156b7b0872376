// Reasons to tap and a line for one's own words.
import { type Reasoned, reasonsText } from "../../domain/visit/reasons";
import { toggled } from "../../domain/visit/visit-form";
import { TooLong } from "./counted";
import { Many } from "./pick";

interface ReasonsProps<R extends string, F extends Reasoned<R>> {
  of: readonly R[];
  form: F;
  change: (next: (form: F) => F) => void;
  word: (code: R) => string;
  own: string; // what the line asks for
  most: number; // letters that are sent, of the tapped reasons and the line together
  className?: string;
}

export function Reasons<R extends string, F extends Reasoned<R>>(props: ReasonsProps<R, F>) {
  const { of, form, change, word, own, most, className } = props;
  return (
    <>
      <Many
        of={of}
        on={form.reasons}
        word={word}
        toggle={(code) => change((held) => ({ ...held, reasons: toggled(held.reasons, code) }))}
      />
      <input
        class={className ? `line-in ${className}` : "line-in"}
        aria-label={own}
        placeholder={own}
        enterkeyhint="done"
        value={form.words}
        onInput={(event) => {
          const words = event.currentTarget.value;
          change((held) => ({ ...held, words }));
        }}
      />
      <TooLong text={reasonsText(form, word)} most={most} />
    </>
  );
}
