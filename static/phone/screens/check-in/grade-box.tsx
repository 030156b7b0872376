// Where the home is and how sure that is, in two sentences, with the bar of the half minute and the four grades.
import { wind } from "../../../shared/lib/geo";
import { FuseBar } from "../../../shared/parts/clocks";
import { GradeMark } from "../../../shared/parts/state-marks";
import { GRADING } from "../../../shared/server/generated";
import { LETTERS, type Letter } from "../../../shared/server/schemas";
import { ago, far, isHere } from "../../../shared/words/format";
import { isChinese } from "../../../shared/words/say";
import { bestFix, LOOK_MS, lookAgain, lookingSince } from "../../data/device/fix-better";
import { positionState } from "../../data/device/position";
import { type Fix, ticking } from "../../data/disk/store";
import { type Bearing, bearingTo, type Place } from "../../domain/work/place";
import { say } from "../../words/check-in";
import { say as sayWork } from "../../words/work";

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
  place: Place;
  letter: Letter;
}

export function Standing({ look, held, place, letter }: StandingProps) {
  const left = Math.max(0, LOOK_MS - (ticking.value - lookingSince.value));
  const running = left > 0 && (look === "looking" || look === "found");
  return (
    <>
      <div class="fixline">
        {held ? (
          <Found held={held} way={bearingTo(place, held)} left={letter === "A" ? 0 : left} />
        ) : (
          <NotFound look={look} left={left} />
        )}
      </div>
      <div class="lookrow">
        {running ? (
          <FuseBar part={left / LOOK_MS} />
        ) : (
          <button class="btn btn--wide" type="button" onClick={lookAgain}>
            {say("again")}
          </button>
        )}
      </div>
      <Grades letter={letter} />
    </>
  );
}

/** How far the home is, and how sure the position: two numbers with two names. */
function Found({ held, way, left }: { held: Fix; way: Bearing | null; left: number }) {
  const sentences = [
    say("fix", { m: far(held.accuracy), t: ago(Math.max(0, ticking.value - held.at)) }),
    left > 0 ? say("wait", { n: Math.ceil(left / 1000) }) : "",
    say("no_block"),
  ];
  return (
    <>
      <p class="fixline__home">{homeFrom(way)}</p>
      <p class="hint2 second">{sentences.filter(Boolean).join(isChinese() ? "" : " ")}</p>
    </>
  );
}

function homeFrom(way: Bearing | null): string {
  if (!way) return say("no_point");
  if (isHere(way.metres)) return say("home.here");
  return say("home", { m: far(way.metres), d: sayWork(`wind.${wind(way.degrees)}`) });
}

function NotFound({ look, left }: { look: Look; left: number }) {
  if (look === "found") return null;
  return (
    <div role="status">
      <p class="fixline__home">{say(look)}</p>
      <p class="hint2 second">{say(`${look}.hint`, { n: Math.ceil(left / 1000) })}</p>
    </div>
  );
}

/** The four grades in a word each; the one that this check-in would have is marked. */
function Grades({ letter }: { letter: Letter }) {
  return (
    <ol class="grades" aria-label={say("grades")}>
      {LETTERS.map((one) => (
        <li key={one} class={one === letter ? "is-me" : undefined} aria-current={one === letter || undefined}>
          <GradeMark letter={one} />
          {say(`grade.${one}`, { n: GRADING.at_the_house_m })}
        </li>
      ))}
    </ol>
  );
}
