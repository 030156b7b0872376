// The sync bar: always the truth about what has and has not reached the server; a tap opens the outbox.
import { Icon, type IconName } from "../../../shared/parts/icon";
import { ago, moment } from "../../../shared/words/format";
import { minute, sync } from "../../data/disk/store";
import type { Sync } from "../../domain/outbox/sync";
import { say } from "../../words/sync";

const FACES: Record<Sync["face"], IconName> = { ok: "cloudok", send: "up", off: "cloudoff", you: "hand" };

/** What the bar says. */
export function sentence(state: Sync, now: number): string {
  if (state.face === "ok") {
    if (state.at === null) return say("ok.never");
    return say(state.polled ? "ok.polled" : "ok", { t: moment(state.at, now) });
  }
  if (state.face === "send") return say(state.soon ? "soon" : "send", { n: state.count });
  if (state.face === "you") {
    if (state.reason === "settle") return [say("you", { n: state.needs }), ...shortly(state.beside)].join(" · ");
    return state.needs > 0 ? say(state.reason, { n: state.needs }) : say(`${state.reason}.none`);
  }
  const { count, oldest, until, barrier } = state;
  if (until === null && barrier) {
    const why = say(`off.${barrier.why}`, { s: barrier.status ?? "" });
    return count > 0 ? say("you.count", { why, n: count }) : why;
  }
  if (until !== null) return say(count > 0 ? "away.count" : "away", { t: moment(until, now), n: count });
  if (count === 0) return say("off");
  return oldest === null ? say("off.photos", { n: count }) : say("off.count", { n: count, t: ago(oldest) });
}

/** The rest in few words, beside what needs the officer; nothing where all has arrived. */
function shortly(state: Sync): string[] {
  if (state.face === "send") return [say(state.soon ? "you.soon" : "you.send", { n: state.count })];
  if (state.face !== "off") return [];
  const { count, oldest, until } = state;
  const off = state.barrier ? say(`off.${state.barrier.why}`, { s: state.barrier.status ?? "" }) : say("you.off");
  const why = until === null ? off : say("you.away");
  if (count === 0) return [why];
  return [say(oldest === null ? "you.photos" : "you.count", { why, n: count })];
}

export function SyncBar() {
  const state = sync.value;
  const href = state.face === "you" && state.reason === "signed_out" ? "/app/sign-in" : "/app/outbox";
  return (
    <a class={`sync sync--${state.face}`} href={href}>
      <Icon name={FACES[state.face]} />
      <span class="grow" role="status">
        {sentence(state, minute.value)}
      </span>
      <Icon name="next" />
    </a>
  );
}
