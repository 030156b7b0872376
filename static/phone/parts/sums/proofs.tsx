// How well a sum is proven: four grades side by side.
import { GradeMark } from "../../../shared/parts/state-marks";
import { LETTERS } from "../../../shared/server/schemas";
import { type AmountRow, PROOFS } from "../../domain/visit/record";
import { say } from "../../words/record";

interface ProofsProps {
  row: AmountRow;
  change: (row: AmountRow) => void;
}

export function Proofs({ row, change }: ProofsProps) {
  return (
    <div class="seg seg--grade" role="group" aria-label={say("proof")}>
      {PROOFS.map((proof, place) => (
        <button
          key={proof}
          class="chip"
          type="button"
          aria-pressed={row.proof === proof}
          onClick={() => change({ ...row, proof: row.proof === proof ? null : proof })}
        >
          <GradeMark letter={LETTERS[place] ?? "D"} />
          <small>{say(`proof.${proof}`)}</small>
        </button>
      ))}
    </div>
  );
}
