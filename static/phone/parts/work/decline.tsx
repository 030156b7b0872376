// Why somebody can't go: one tap on a reason sends it.
import { ordered } from "../../../shared/lib/ordered";
import { DECLINE_REASONS, type DeclineReason } from "../../../shared/server/generated";
import { perform } from "../../data/outbox/acts";
import type { View } from "../../domain/work/view";
import { say } from "../../words/alarm";
import { tick } from "../frame/haptics";

const OFFERED = ordered<DeclineReason>(DECLINE_REASONS, [
  "on_another_case",
  "too_far",
  "knows_the_person",
  "unwell",
  "other",
]);

export function Reasons({ view, onDone, onFault }: { view: View; onDone: () => void; onFault: () => void }) {
  const { id, resident } = view.assignment;
  const send = async (reason: DeclineReason): Promise<void> => {
    try {
      await perform("decline", { assignment: id, label: resident.short_name, payload: { reason } });
    } catch {
      onFault();
      return;
    }
    tick();
    onDone();
  };
  return (
    <div class="reasons">
      {OFFERED.map((reason) => (
        <button key={reason} class="btn" type="button" onClick={() => void send(reason)}>
          {say(`reason.${reason}`)}
        </button>
      ))}
    </div>
  );
}
