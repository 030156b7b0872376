// A clock for ears: a screen reader hears it at ten, five and one minute, and when time is up; never each second.
import { span } from "../../../shared/words/format";
import { say } from "../../words/alarm";

const MINUTE = 60_000;

/** The last mark that was passed with `ms` left; null while there is more than ten minutes. */
export function lastMark(ms: number): 10 | 5 | 1 | 0 | null {
  if (ms < 0) return 0;
  if (ms <= MINUTE) return 1;
  if (ms <= 5 * MINUTE) return 5;
  return ms <= 10 * MINUTE ? 10 : null;
}

export function ClockVoice({ left }: { left: number }) {
  return (
    <span class="vh" role="status">
      {words(lastMark(left))}
    </span>
  );
}

function words(mark: number | null): string {
  if (mark === null) return "";
  return mark === 0 ? say("left.over") : say("left", { t: span(mark * MINUTE) });
}
