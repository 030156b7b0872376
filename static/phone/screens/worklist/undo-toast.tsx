// Eight seconds to change one's mind about a record: it is on disk already, and comes back into its form.
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Icon } from "../../../shared/parts/icon";
import { DoneMark } from "../../../shared/parts/marks";
import { dropDraft, saveDraft } from "../../data/disk/drafts";
import { entries, ticking } from "../../data/disk/store";
import { undo } from "../../data/outbox/acts";
import type { Entry } from "../../domain/outbox/entry";
import { formOf, visitKey } from "../../domain/visit/visit-form";
import { undoable } from "../../domain/work/done";
import { tick } from "../../parts/frame/haptics";
import { word } from "../../words/app";
import { say } from "../../words/work";

const MOST_S = 8; // the clock that is shown may be a second behind

/** Take a record back into its form; returns false where it has been sent meanwhile. */
async function takeBack(entry: Entry, assignment: string): Promise<boolean> {
  const key = visitKey(assignment);
  // The form first: whatever happens in between, what was written stands somewhere.
  await saveDraft({ key, assignment, label: entry.label, form: formOf(entry.payload), touched: true });
  if (await undo(entry)) return true;
  await dropDraft(key);
  return false;
}

export function UndoToast() {
  const { route } = useLocation();
  const [late, setLate] = useState(false);
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
    if (await takeBack(entry, assignment)) {
      tick();
      route(`/app/visit/${assignment}/record`);
    } else setLate(true);
  };
  const left = Math.min(MOST_S, Math.max(1, Math.ceil((entry.not_before - ticking.value) / 1000)));
  return (
    <div class="toast">
      <div class="grow">
        <p role="status">
          <DoneMark>
            <b>{say("toast", { who: entry.label })}</b>
          </DoneMark>
        </p>
        <p class="hint">{say("toast.in", { n: left })}</p>
      </div>
      <button class="btn" type="button" onClick={() => void back()}>
        <Icon name="undo" />
        {word("undo")}
      </button>
    </div>
  );
}
