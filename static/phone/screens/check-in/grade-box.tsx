// How good the position is, in a letter and a sentence, with the bar of the half minute and what each grade means.
import { FuseBar } from "../../../shared/parts/clocks";
import { GradeMark } from "../../../shared/parts/marks";
import { LETTERS, type Letter } from "../../../shared/server/schemas";
import { ago, far } from "../../../shared/words/format";
import { isChinese } from "../../../shared/words/say";
import { bestFix, LOOK_MS, lookAgain, lookingSince } from "../../data/device/fix-better";
import { positionState } from "../../data/device/position";
import { type Fix, ticking } from "../../data/disk/store";
import type { Grade } from "../../domain/visit/grading";
import { say } from "../../words/check-in";

/** How the search for a position stands. */
export type Look = "looking" | "found" | "denied" | "unavailable" | "timeout" | "insecure";

export function useLook(): Look {
  if (bestFix.value) return "found";
  if (!isSecureContext) return "insecure";
  if (positionState.value === "denied" || positionState.value === "unavailable") return positionState.value;
  return ticking.value - lookingSince.value < LOOK_MS ? "looking" : "timeout";
}

interface StandingProps {
  look: Look;
  held: Fix | null;
  metres: number | null;
  graded: Grade;
}

export function Standing({ look, held, metres, graded }: StandingProps) {
  const left = Math.max(0, LOOK_MS - (ticking.value - lookingSince.value));
  const running = left > 0 && (look === "looking" || look === "found");
  return (
    <>
      <div class="gradebox">
        <div class="gradebox__g">
          <GradeMark letter={graded.letter} />
        </div>
        <div class="grow">
          {held ? (
            <Found held={held} metres={metres} left={left} best={graded.letter === "A"} />
          ) : (
            <NotFound look={look} left={left} />
          )}
        </div>
      </div>
      {running ? (
        <FuseBar part={left / LOOK_MS} />
      ) : (
        <button class="btn btn--wide" type="button" onClick={lookAgain}>
          {say("again")}
        </button>
      )}
    </>
  );
}

function Found({ held, metres, left, best }: { held: Fix; metres: number | null; left: number; best: boolean }) {
  const wait = left > 0 && !best ? say("wait", { n: Math.ceil(left / 1000) }) : "";
  return (
    <>
      <p class="b">{say("fix", { m: far(held.accuracy), t: ago(Math.max(0, ticking.value - held.at)) })}</p>
      <p class="hint2 second">
        {[metres === null ? say("no_point") : say("distance", { m: far(metres) }), wait, best ? "" : say("no_block")]
          .filter(Boolean)
          .join(isChinese() ? "" : " ")}
      </p>
    </>
  );
}

function NotFound({ look, left }: { look: Look; left: number }) {
  if (look === "found") return null;
  return (
    <div role="status">
      <p class="b">{say(look)}</p>
      <p class="hint2 second">{say(`${look}.hint`, { n: Math.ceil(left / 1000) })}</p>
    </div>
  );
}

export function GradeList({ letter }: { letter: Letter }) {
  return (
    <details class="card card--tight card--flat" open>
      <summary class="fold">{say("grades")}</summary>
      <ul class="glist">
        {LETTERS.map((one) => (
          <li key={one} class={one === letter ? "is-me" : undefined}>
            <GradeMark letter={one} />
            <span>{say(`grade.${one}`)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
