// Check-in at the door: half a minute for a finer position, a grade that explains itself, and a button that always works.
import "../../parts/form/form.css";
import "./check-in.css";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { ClockMark } from "../../../shared/parts/clocks";
import { later } from "../../../shared/parts/later";
import { timeOfDay } from "../../../shared/words/format";
import { bestFix, lookForFix } from "../../data/device/fix-better";
import { forWire } from "../../data/device/position";
import { fault, now, photos, recorded, views } from "../../data/disk/store";
import { perform } from "../../data/outbox/acts";
import { type Arrival, emptyArrival, gradeAt, isTouched, manualReason, metresTo } from "../../domain/visit/arrival";
import type { View } from "../../domain/work/view";
import { village } from "../../domain/work/way";
import { useKeptForm } from "../../parts/form/kept-form";
import { Go, Note, Screen } from "../../parts/frame/frame";
import { buzz, tick } from "../../parts/frame/haptics";
import { word } from "../../words/app";
import { say } from "../../words/check-in";
import { GradeList, Standing, useLook } from "./grade-box";
import { ManualReasons, Proof } from "./manual-reasons";

const Sketch = later(async () => (await import("../../parts/work/schematic")).Schematic, {
  waiting: () => <div class="schem schem--waiting" />,
  absent: () => null, // the words below say the same
});

export function CheckIn({ id = "" }: { id?: string }) {
  const view = views.value.find((one) => one.assignment.id === id);
  if (!view) {
    return (
      <Screen title={say("title")} back="/" dock={<Go href="/">{say("to_work")}</Go>}>
        <Note>{say(recorded(id) ? "gone.recorded" : "gone")}</Note>
      </Screen>
    );
  }
  return view.arrivedAt ? <Here view={view} /> : <Door view={view} />;
}

function Here({ view }: { view: View }) {
  const card = `/app/visit/${view.assignment.id}`;
  return (
    <Screen title={say("title")} back={card} dock={<Go href={`${card}/script`}>{say("script")}</Go>}>
      <Note tone="ok" icon="check">
        {say("here")} {say("here.hint", { t: timeOfDay(view.arrivedAt ?? now.value) })}
      </Note>
    </Screen>
  );
}

function Door({ view }: { view: View }) {
  const { route } = useLocation();
  const { id, place, resident } = view.assignment;
  const label = resident.short_name;
  const key = `arrive:${id}`;
  const { form, change, current, finish } = useKeptForm<Arrival>({
    key,
    assignment: id,
    label,
    empty: emptyArrival(),
    isTouched,
  });
  const [busy, setBusy] = useState(false);
  useEffect(() => lookForFix(), []);
  const look = useLook();
  const held = bestFix.value;
  const graded = gradeAt(held, place, Date.now());
  const far = graded.reasons.includes("far_away");
  const manual = form.manual || (held === null ? look !== "looking" : graded.letter === "D");

  const checkIn = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const goOn = finish();
    const said = current();
    const listed = photos.value.filter((photo) => said.photos.includes(photo.uuid));
    const reason = manual ? manualReason(said, (code) => say(`why.${code}`)) || (held ? "" : say(lookWords(look))) : "";
    const payload: Record<string, unknown> = { position: bestFix.value ? forWire(bestFix.value) : null };
    if (reason) payload["manual_reason"] = reason.slice(0, 200);
    if (said.companion) payload["companion"] = true;
    if (listed.length > 0) {
      payload["photos"] = listed.map(({ uuid, sha256, bytes, kind }) => ({ uuid, sha256, bytes, kind }));
    }
    try {
      await perform("arrive", { assignment: id, label, payload, photos: listed, draft: key });
      tick();
      route(`/app/visit/${id}/script`);
    } catch {
      buzz();
      goOn();
      setBusy(false);
    }
  };
  return (
    <Screen
      title={say("title")}
      back={`/app/visit/${id}`}
      head={view.due ? <ClockMark due={view.due} now={now.value} /> : null}
      dock={
        <>
          {fault.value && <Note tone="high">{word("disk.failed")}</Note>}
          <Go icon="pin" onClick={() => void checkIn()}>
            {say("go", { g: graded.letter })}
          </Go>
          {held && graded.letter !== "D" && (
            <button
              class="btn btn--plain btn--wide"
              type="button"
              aria-expanded={form.manual}
              onClick={() => change((said) => ({ ...said, manual: !said.manual }))}
            >
              {say(form.manual ? "auto" : "manual")}
            </button>
          )}
        </>
      }
    >
      {place.lat !== null && (
        <div class="card card--none">
          <Sketch place={place} label={label} village={village(place)} />
        </div>
      )}
      <Standing look={look} held={held} metres={metresTo(held, place)} graded={graded} />
      {manual && <ManualReasons form={form} change={change} far={far && !form.manual} />}
      {graded.letter >= "C" && !far && (manual || look !== "looking") && (
        <Proof assignment={id} form={form} change={change} />
      )}
      <GradeList letter={graded.letter} />
    </Screen>
  );
}

function lookWords(look: ReturnType<typeof useLook>): "denied" | "unavailable" | "timeout" | "insecure" | "looking" {
  return look === "found" ? "timeout" : look;
}
