// The line of four steps with their times, and the deadline of the one that is next.
import { FORWARD } from "../../../shared/server/generated";
import { moment } from "../../../shared/words/format";
import { now } from "../../data/disk/store";
import type { View } from "../../domain/work/view";
import { say } from "../../words/assignment";

const STEPS = ["acknowledge", "depart", "arrive", "record"] as const;
const REACHED: readonly string[] = FORWARD;

export function Steps({ view }: { view: View }) {
  const reached = REACHED.indexOf(view.status);
  const times = [view.acknowledgedAt, view.departedAt, view.arrivedAt, null];
  const next = nextStepDue(view);
  return (
    <ol class="steps" aria-label={say("steps")}>
      {STEPS.map((step, place) => {
        const done = place < reached;
        const at = times[place];
        const by = next && STEPS.indexOf(next.what) === place ? new Date(next.by).toISOString() : null;
        return (
          <li key={step} class={standing(place, reached)} aria-current={place === reached ? "step" : undefined}>
            <span class="steps__word">{say(`step.${step}`)}</span>
            {done && at && <time dateTime={at}>{moment(at, now.value)}</time>}
            {by && <time dateTime={by}>{say("step.by", { t: moment(by, now.value) })}</time>}
          </li>
        );
      })}
    </ol>
  );
}

/** The deadline of the step that is next; the call before the door is no step of the line. */
function nextStepDue({ due, assignment }: View): { what: (typeof STEPS)[number]; by: number } | null {
  if (due === null) return null;
  const { what, by } = due;
  return what === "contact" ? { what: "arrive", by: Date.parse(assignment.clocks.arrive_by) } : { what, by };
}

function standing(place: number, reached: number): "is-done" | "is-now" | undefined {
  if (place < reached) return "is-done";
  return place === reached ? "is-now" : undefined;
}
