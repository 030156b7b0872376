// The record of a visit in under a minute: only met and the result are asked for, and nothing entered is ever lost.
import "../../parts/form/form.css";
import { useState } from "preact/hooks";
import { Dial } from "../../../shared/parts/clocks";
import { useOnce } from "../../../shared/parts/once";
import { span } from "../../../shared/words/format";
import { isChinese } from "../../../shared/words/say";
import { drafts, now, recorded, views } from "../../data/disk/store";
import { perform } from "../../data/outbox/acts";
import { orphansOf } from "../../data/outbox/photos";
import { photosOf, recordOf } from "../../data/work/visits";
import { emptyForm, visitKey } from "../../domain/visit/record";
import { inUnit, isTouched, lacks, takenUp, withPictures } from "../../domain/visit/visit-form";
import type { View } from "../../domain/work/view";
import { useKeptForm } from "../../parts/form/kept-form";
import { SavedLine } from "../../parts/form/saved-line";
import { useSaving } from "../../parts/form/saving";
import { unread } from "../../parts/form/unread";
import { VisitFields } from "../../parts/form/visit-fields";
import { Go, Note, Screen } from "../../parts/frame/frame";
import { Saying } from "../../parts/work/name";
import { say } from "../../words/record";

const UNDO_MS = 8000;

export function Record({ id = "" }: { id?: string }) {
  const view = views.value.find((one) => one.assignment.id === id) ?? null;
  // A draft outlives its assignment: what was written at a door can still be sent.
  const left = drafts.value.find((draft) => draft.key === visitKey(id));
  const [known] = useState({ view, label: view?.assignment.resident.short_name ?? left?.label ?? null });
  if (known.label === null) return <Nothing id={id} />;
  return <RecordForm id={id} view={view} label={known.label} />;
}

function Nothing({ id }: { id: string }) {
  return (
    <Screen title={say("title")} back="/" dock={<Go href="/">{say("to_work")}</Go>}>
      <Note>{say(recorded(id) ? "nothing.recorded" : "nothing")}</Note>
      <a class="btn btn--wide" href="/app/outbox">
        {say("to_outbox")}
      </a>
    </Screen>
  );
}

interface RecordFormProps {
  id: string;
  view: View | null;
  label: string;
}

function RecordForm({ id, view, label }: RecordFormProps) {
  const key = visitKey(id);
  const { form, change, current, finish } = useKeptForm({ key, assignment: id, label, empty: emptyForm(), isTouched });
  const missing = lacks(form);
  const about = view?.assignment.case;
  useOnce(() => {
    if (isTouched(form)) change((held) => takenUp(isChinese() ? held : inUnit(held, "yuan"), about));
    const orphans = orphansOf(id);
    if (orphans.length > 0) change((held) => withPictures(held, orphans));
  });

  const keep = async (): Promise<void> => {
    const payload = await recordOf(current(), id, unread(current()));
    const photos = photosOf(current());
    await perform("visit", { assignment: id, label, payload, photos, undoMs: UNDO_MS, draft: key });
  };
  const { asked, save } = useSaving({ missing, finish, keep });
  return (
    <Screen
      title={<Saying who={label} words={(who) => say("title.of", { who })} />}
      name={say("title")}
      back={view ? `/app/visit/${id}` : "/app/outbox"}
      head={view?.arrivedAt ? <Dial>{say("here", { t: span(now.value - Date.parse(view.arrivedAt)) })}</Dial> : null}
      form
      dock={
        <>
          <SavedLine of={key} />
          <Go onClick={save}>{say("save")}</Go>
        </>
      }
    >
      {!view && <Note icon="hand">{say(recorded(id) ? "gone.recorded" : "gone")}</Note>}
      <VisitFields form={form} change={change} assignment={id} about={about} asks={asked ? missing : null} />
    </Screen>
  );
}
