// Why somebody can't go: one tap on a reason sends it.
import { ordered } from "../../../shared/lib/ordered";
import { DECLINE_REASONS, type DeclineReason } from "../../../shared/server/generated";
import { online } from "../../data/disk/store";
import { perform } from "../../data/outbox/acts";
import type { View } from "../../domain/work/view";
import { say } from "../../words/alarm";
import { useOneAtATime } from "../frame/busy";
import { tick } from "../frame/haptics";
import { tell } from "../frame/told";

const OFFERED = ordered<DeclineReason>(DECLINE_REASONS, [
  "on_another_case",
  "too_far",
  "knows_the_person",
  "unwell",
  "other",
]);

/** Keep that this officer can't go, and say it on whatever screen is open next. Throws where the phone could not. */
export async function decline({ assignment }: View, reason: DeclineReason): Promise<void> {
  const { id, resident } = assignment;
  await perform("decline", { assignment: id, label: resident.short_name, payload: { reason } });
  tick();
  tell(say(online.value ? "declined" : "declined.later"));
}

export function Reasons({ view, onDone, onFault }: { view: View; onDone: () => void; onFault: () => void }) {
  const inTurn = useOneAtATime();
  const send = (reason: DeclineReason): Promise<void> => decline(view, reason).then(onDone, onFault);
  return (
    <div class="reasons">
      {OFFERED.map((reason) => (
        <button key={reason} class="btn" type="button" onClick={() => inTurn(() => send(reason))}>
          {say(`reason.${reason}`)}
        </button>
      ))}
    </div>
  );
}
