// A correction of a record of today: a new record with a reason, beside the first one, which stays.
import "../../parts/form/form.css";
import { useState } from "preact/hooks";
import { useOnce } from "../../../shared/parts/once";
import { LIMITS } from "../../../shared/server/generated";
import { t } from "../../../shared/words/core";
import { entries, work } from "../../data/disk/store";
import { perform } from "../../data/outbox/acts";
import { called } from "../../data/work/readings";
import { photosOf, recordOf, writtenRecord } from "../../data/work/visits";
import {
  type Correction,
  correctable,
  emptyCorrection,
  isTouchedCorrection,
  type Known,
  knownRecord,
  lacksIn,
  REASONS,
  reasonText,
} from "../../domain/visit/correction";
import { useKeptForm } from "../../parts/form/kept-form";
import { Field } from "../../parts/form/pick";
import { Reasons } from "../../parts/form/reasons";
import { SavedLine } from "../../parts/form/saved-line";
import { useSaving } from "../../parts/form/saving";
import { unread } from "../../parts/form/unread";
import { VisitFields } from "../../parts/form/visit-fields";
import { Go, Note, Screen } from "../../parts/frame/frame";
import { Saying } from "../../parts/work/name";
import { say } from "../../words/record";

/** `id` names the record or the assignment that it ended. */
export function Correct({ id = "" }: { id?: string }) {
  const [known, setKnown] = useState(() => knownRecord(id, entries.value, work.value?.done_today ?? []));
  const [asking, setAsking] = useState(known !== null && !known.prefilled);
  useOnce(() => {
    if (!known || !asking) return;
    // What left this phone stands on the server: a correction that begins empty would take sums and notes away.
    void writtenRecord(known.visit).then((payload) => {
      if (payload) setKnown({ ...known, form: correctable(payload), prefilled: true });
      setAsking(false);
    });
  });
  if (!known || asking) {
    return (
      <Screen title={say("correct")} back="/" dock={<Go href="/">{say("to_work")}</Go>}>
        <Note tone="calm">{known ? t("screen.coming") : say("correct.unknown")}</Note>
      </Screen>
    );
  }
  return <CorrectionForm known={known} />;
}

const draftKey = (visit: string): string => `correct:${visit}`;

async function keepCorrection({ visit, assignment, label }: Known, said: Correction): Promise<void> {
  const record = await recordOf(said.record, assignment, unread(said.record));
  const reason = reasonText(said, (code) => say(`reason.${code}`));
  const payload = { corrects: visit, reason, record };
  await perform("correction", { assignment, label, payload, photos: photosOf(said.record), draft: draftKey(visit) });
}

function CorrectionForm({ known }: { known: Known }) {
  const { assignment, label } = known;
  const key = draftKey(known.visit);
  const empty = emptyCorrection(known.form);
  const { form, change, current, finish } = useKeptForm<Correction>({
    key,
    assignment,
    label,
    empty,
    isTouched: isTouchedCorrection,
  });
  const missing = lacksIn(form);
  const { asked, save } = useSaving({ missing, finish, keep: () => keepCorrection(known, current()) });
  return (
    <Screen
      title={<Saying who={label} words={(who) => say("correct.title", { who })} />}
      name={say("correct.title", { who: called(label) })}
      back="/"
      form
      dock={
        <>
          <SavedLine of={key} />
          <Go onClick={save}>{say("correct.save")}</Go>
        </>
      }
    >
      <Note tone="calm">
        {say("correct.how")} {known.prefilled ? "" : say("correct.empty")}
      </Note>
      <Field legend={say("reason")} id="reason" ask={asked && missing === "reason" && say("reason.ask")}>
        <Reasons
          of={REASONS}
          form={form}
          change={change}
          word={(code) => say(`reason.${code}`)}
          own={say("reason.words")}
          most={LIMITS.reason}
        />
      </Field>
      <VisitFields
        form={form.record}
        change={(next) => change((held) => ({ ...held, record: next(held.record) }))}
        assignment={assignment}
        asks={asked && missing !== "reason" ? missing : null}
      />
    </Screen>
  );
}
