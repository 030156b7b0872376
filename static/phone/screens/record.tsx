// The record of a visit in under a minute: only met and the result are asked for, and nothing entered is ever lost.
import "../../css/phone-record.css";
import { useLocation } from "preact-iso";
import { useEffect, useState } from "preact/hooks";
import { perform } from "../data/acts";
import { orphansOf, photosSettled } from "../data/photos";
import { drafts, fault, now, views } from "../data/store";
import { photosOf, recordOf } from "../data/visits";
import { emptyForm, inUnit, isTouched, lacks, withPictures } from "../domain/visit-form";
import type { View } from "../domain/view";
import { buzz, tick } from "../lib/haptics";
import { Go, Note, Screen } from "../parts/frame";
import { useKeptForm } from "../parts/kept-form";
import { Dial } from "../parts/marks";
import { SavedLine } from "../parts/saved-line";
import { show } from "../parts/show-field";
import { unread } from "../parts/unread";
import { VisitFields } from "../parts/visit-fields";
import { t } from "../words/core";
import { span } from "../words/format";
import { say } from "../words/record";
import { isChinese } from "../words/say";

const UNDO_MS = 8000;
export const visitKey = (assignment: string): string => `visit:${assignment}`;

export function Record({ id = "" }: { id?: string }) {
  const view = views.value.find((one) => one.assignment.id === id) ?? null;
  // A draft outlives its assignment: what was written at a door can still be sent.
  const left = drafts.value.find((draft) => draft.key === visitKey(id));
  const [known] = useState({ view, label: view?.assignment.resident.short_name ?? left?.label ?? null });
  if (known.label === null) return <Nothing />;
  return <RecordForm id={id} view={view} label={known.label} />;
}

function Nothing() {
  return (
    <Screen title={say("title")} back="/" dock={<Go href="/">{say("to_work")}</Go>}>
      <Note>{say("nothing")}</Note>
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
  const { route } = useLocation();
  const key = visitKey(id);
  const { form, change, current, finish } = useKeptForm({ key, assignment: id, label, empty: emptyForm(), isTouched });
  const [asked, setAsked] = useState(false);
  const [saving, setSaving] = useState(false);
  const missing = lacks(form);
  useEffect(() => {
    const inWan = [...form.kept, ...form.lost].some((row) => row.unit === "wan");
    if (!isChinese() && inWan) change((held) => inUnit(held, "yuan"));
    const orphans = orphansOf(id);
    if (orphans.length > 0) change((held) => withPictures(held, orphans));
  }, []);

  const save = async (): Promise<void> => {
    if (saving) return;
    setAsked(true);
    if (missing) {
      show(missing);
      return;
    }
    setSaving(true);
    await photosSettled();
    const goOn = finish();
    try {
      const payload = await recordOf(current(), id, unread(current()));
      const photos = photosOf(current());
      await perform("visit", { assignment: id, label, payload, photos, undoMs: UNDO_MS, draft: key });
      tick();
      route("/");
    } catch {
      buzz();
      goOn();
      setSaving(false);
    }
  };
  return (
    <Screen
      title={isChinese() ? say("title.of", { who: label }) : say("title")}
      name={say("title")}
      back={view ? `/app/visit/${id}` : "/app/outbox"}
      head={view?.arrivedAt ? <Dial>{say("here", { t: span(now.value - Date.parse(view.arrivedAt)) })}</Dial> : null}
      form
      dock={
        <>
          {fault.value && <Note tone="high">{t("disk.failed")}</Note>}
          <SavedLine of={key} />
          <Go onClick={() => void save()}>{say("save")}</Go>
        </>
      }
    >
      {!view && <Note icon="hand">{say("gone")}</Note>}
      <VisitFields form={form} change={change} assignment={id} asks={asked ? missing : null} />
    </Screen>
  );
}
