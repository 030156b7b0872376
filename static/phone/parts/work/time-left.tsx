// What is left of a clock, said in one form wherever one runs: "4:10 left to arrive, by 15:56", the time first.
import { Dial, pressure } from "../../../shared/parts/clocks";
import { countdown, moment } from "../../../shared/words/format";
import type { Due } from "../../domain/work/view";
import { say } from "../../words/work";

/** The time that is left, or by which it is over. */
export function timeLeft(due: Due, at: number): string {
  const left = due.by - at;
  return left < 0 ? `+${countdown(left)}` : countdown(left);
}

/** What it is left for. */
export function leftFor(due: Due, at: number): string {
  return due.by < at ? say("left.over") : say(`left.${due.what}`);
}

/** The same, and by when. */
export function leftForBy(due: Due, at: number): string {
  const time = { t: moment(due.by, at) };
  const by = due.by < at ? say("left.over.by", { ...time, what: say(`due.${due.what}`) }) : say("left.by", time);
  return leftFor(due, at) + by;
}

/** What is left in one line, behind its dial; `brief` without the moment that it counts to. */
export function TimeLeft({ due, at, brief }: { due: Due; at: number; brief?: boolean }) {
  return (
    <Dial pressing={pressure(due, at)}>
      <span class="timeleft">
        <b>{timeLeft(due, at)}</b> {brief ? leftFor(due, at) : leftForBy(due, at)}
      </span>
    </Dial>
  );
}
