// Where a place lies from here: a needle, metres and a direction; words alone where there is no position.
import { wind } from "../../../shared/lib/geo";
import { Icon } from "../../../shared/parts/icon";
import { far, isHere, whereabouts } from "../../../shared/words/format";
import { positionState } from "../../data/device/position";
import { fix } from "../../data/disk/store";
import { bearingTo, type Place, pointOf } from "../../domain/work/place";
import { say } from "../../words/work";

export function Compass({ place }: { place: Place }) {
  if (!pointOf(place)) return null;
  const way = bearingTo(place, fix.value);
  if (!way) {
    return (
      <div class="compass">
        <Icon name="gps" size="l" />
        {say(positionState.value === "asked" ? "fix.asked" : "fix.none")}
      </div>
    );
  }
  const here = isHere(way.metres);
  return (
    <div class="compass">
      <svg viewBox="0 0 52 52" aria-hidden="true" focusable="false">
        <circle class="compass__ring" cx="26" cy="26" r="23" />
        <path class="compass__north" d="M26 3v4" />
        <path class="compass__ticks" d="M26 45v4M3 26h4M45 26h4" />
        {here ? (
          <circle class="compass__needle" cx="26" cy="26" r="8" />
        ) : (
          <path
            class="compass__needle"
            transform={`rotate(${Math.round(way.degrees)} 26 26)`}
            d="M26 9l9 27-9-5.5-9 5.5z"
          />
        )}
      </svg>
      <b>{here ? whereabouts(way) : far(way.metres)}</b>
      {!here && say(`wind.${wind(way.degrees)}`)}
    </div>
  );
}

/** Distance and direction behind the name of a place, as far as they are known. */
export function wayTo(place: Place): string {
  const way = bearingTo(place, fix.value);
  return way ? ` · ${whereabouts(way)}` : "";
}

/** Why no distance is shown, and what to do; nothing where one is shown or is still being looked for. */
export function NoPosition() {
  const state = positionState.value;
  if (fix.value || state === "unknown" || state === "asked" || state === "known") return null;
  return (
    <p class="hint nofix">
      <Icon name="gps" size="s" />
      <span>{say(state === "denied" ? "fix.denied" : "fix.unavailable")}</span>
    </p>
  );
}
