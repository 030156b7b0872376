// Eight seconds to change one's mind about a record: it is on disk already, and comes back into its form.
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Icon } from "../../../shared/parts/icon";
import { DoneMark } from "../../../shared/parts/state-marks";
import { asAct } from "../../../shared/parts/taps";
import { dropDraft, saveDraft } from "../../data/disk/drafts";
import { entries, ticking } from "../../data/disk/store";
import { undo } from "../../data/outbox/acts";
import type { Entry } from "../../domain/outbox/entry";
import { formOf, visitKey } from "../../domain/visit/record";
import { undoable } from "../../domain/work/done";
import { useOneAtATime } from "../../parts/frame/busy";
import { buzz, tick } from "../../parts/frame/haptics";
import { Saying } from "../../parts/work/name";
import { word } from "../../words/app";
import { say } from "../../words/work";

const MOST_S = 8; // the clock that is shown may be a second behind

/** Take a record back into its form; returns false where it has been sent meanwhile. */
async function takeBack(entry: Entry, assignment: string): Promise<boolean> {
  const key = visitKey(assignment);
  // The form first: whatever happens in between, what was written stands somewhere.
  const form = { key, assignment, label: entry.label, form: formOf(entry.payload), touched: true };
  if (!(await saveDraft(form))) throw new DOMException("The form could not be kept.", "AbortError");
  try {
    if (await undo(entry)) return true;
  } catch (error) {
    await dropDraft(key).catch(() => undefined);
    throw error; // the record stands, and another tap may still take it back
  }
  await dropDraft(key);
  return false;
}

export function UndoToast() {
  const { route } = useLocation();
  const [late, setLate] = useState(false);
  const inTurn = useOneAtATime();
  const entry = undoable(entries.value, ticking.value);
  if (!entry?.assignment) {
    if (!late) return null;
    return (
      <p class="toast toast--late" role="status">
        {say("toast.late")}
      </p>
    );
  }
  const { assignment } = entry;
  const back = async (): Promise<void> => {
    try {
      if (!(await takeBack(entry, assignment))) return setLate(true);
      tick();
      route(`/app/visit/${assignment}/record`);
    } catch {
      buzz();
    }
  };
  const left = Math.min(MOST_S, Math.max(1, Math.ceil((entry.not_before - ticking.value) / 1000)));
  return (
    <div class="toast">
      <div class="grow">
        <p role="status">
          <DoneMark>
            <b>
              <Saying who={entry.label} words={(who) => say("toast", { who })} />
            </b>
          </DoneMark>
        </p>
        <p class="hint">{say("toast.in", { n: left })}</p>
      </div>
      <button class="btn" type="button" onClick={() => inTurn(back)} ref={asAct}>
        <Icon name="undo" />
        {word("undo")}
      </button>
    </div>
  );
}
