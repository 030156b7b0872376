// The steps of a scam, drawn and read downwards; a tap marks where the resident is, and the next step is red.
import { useState } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import { sayScript as say } from "../../words/scripts";
import { Picture } from "./pictures";

/** A line of a script without the number that it begins with: its place says it. */
export const unnumbered = (line: string): string => line.replace(/^\d+[.、\s]*/, "");

export function DrawnSteps({ lines, pictures }: { lines: readonly string[]; pictures: readonly string[] }) {
  const [here, setHere] = useState<number | null>(null);
  const next = here === null ? lines.length - 1 : here + 1;
  return (
    <ol class="drawn">
      {lines.map((line, place) => (
        <li key={line} class={standing(place, here, next)}>
          <button class="drawn__step" type="button" aria-pressed={place === here} onClick={() => setHere(place)}>
            <Picture name={pictures[place] ?? ""} place={place} />
            <span class="drawn__t">
              {place === here && (
                <span class="drawn__here">
                  <Icon name="pin" />
                  {say("show.here")}
                </span>
              )}
              {unnumbered(line)}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function standing(place: number, here: number | null, next: number): "is-here" | "is-before" | "is-next" | undefined {
  if (place === here) return "is-here";
  if (place === next - 1) return "is-before";
  return place === next ? "is-next" : undefined;
}
