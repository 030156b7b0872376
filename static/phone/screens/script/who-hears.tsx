// Whether one talks to the resident or to the family.
import { sayScript as say } from "../../words/scripts";

export function WhoHears({ on, choose }: { on: boolean; choose: (family: boolean) => void }) {
  return (
    <div class="seg" role="group" aria-label={say("audience")}>
      <button class="chip" type="button" aria-pressed={!on} onClick={() => choose(false)}>
        {say("resident")}
      </button>
      <button class="chip" type="button" aria-pressed={on} onClick={() => choose(true)}>
        {say("family")}
      </button>
    </div>
  );
}
