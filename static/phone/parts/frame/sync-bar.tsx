// The sync bar: always the truth about what has and has not reached the server; a tap opens the outbox.
import { Icon, type IconName } from "../../../shared/parts/icon";
import { span, timeOfDay } from "../../../shared/words/format";
import { sync } from "../../data/disk/store";
import type { Sync } from "../../domain/outbox/sync";
import { say } from "../../words/sync";

const FACES: Record<Sync["face"], IconName> = { ok: "cloudok", send: "up", off: "cloudoff", you: "hand" };

/** What the bar says. */
export function sentence(state: Sync): string {
  if (state.face === "ok") return state.at === null ? say("ok.never") : say("ok", { t: timeOfDay(state.at) });
  if (state.face === "send") return say(state.soon ? "soon" : "send", { n: state.count });
  if (state.face === "you") {
    if (state.reason === "settle") return [say("you", { n: state.needs }), ...shortly(state.beside)].join(" · ");
    return state.needs > 0 ? say(state.reason, { n: state.needs }) : say(`${state.reason}.none`);
  }
  const { count, oldest, until } = state;
  if (until !== null) return say(count > 0 ? "away.count" : "away", { t: timeOfDay(until), n: count });
  if (count === 0) return say("off");
  return oldest === null ? say("off.photos", { n: count }) : say("off.count", { n: count, t: span(oldest) });
}

/** The rest in few words, beside what needs the officer; nothing where all has arrived. */
function shortly(state: Sync): string[] {
  if (state.face === "send") return [say(state.soon ? "you.soon" : "you.send", { n: state.count })];
  if (state.face !== "off") return [];
  const { count, oldest, until } = state;
  const why = say(until === null ? "you.off" : "you.away");
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
        {sentence(state)}
      </span>
      <Icon name="next" />
    </a>
  );
}
