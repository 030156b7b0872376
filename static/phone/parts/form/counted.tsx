// Says where more was written than is sent: nothing that was typed or pasted is cut in silence.
import { lettersIn } from "../../../shared/lib/text";
import { say } from "./words";

/** Nothing where the text fits; `most` counts letters as the server does. */
export function TooLong({ text, most }: { text: string; most: number }) {
  const n = text.length > most ? lettersIn(text.trim()) : 0;
  if (n <= most) return null;
  return (
    <p class="ask" role="status">
      {say("too_long", { n, most, over: n - most })}
    </p>
  );
}
