// The line over the button of a form: when it was kept on this phone.
import { Icon } from "../../../shared/parts/icon";
import { clock } from "../../../shared/words/clock-face";
import { dayOf, moment } from "../../../shared/words/format";
import { draftFault, drafts, now } from "../../data/disk/store";
import { say } from "../../words/record";

export function SavedLine({ of }: { of: string }) {
  const at = drafts.value.find((draft) => draft.key === of && draft.touched)?.saved_at ?? null;
  return (
    <p class={draftFault.value === null ? "saved" : "saved saved--not"}>
      <Icon name="disk" />
      {words(at)}
    </p>
  );
}

function words(at: number | null): string {
  if (draftFault.value !== null) return say("kept.not");
  return at === null
    ? say("kept.soon")
    : say("kept.at", { t: dayOf(at) === dayOf(now.value) ? clock(at) : moment(at, now.value) });
}
