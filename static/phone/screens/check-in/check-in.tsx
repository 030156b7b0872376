// Check-in at the door: half a minute for a finer position, a grade that explains itself, and a button that always works.
import "../../parts/form/form.css";
import "./check-in.css";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { ClockMark } from "../../../shared/parts/clocks";
import { later } from "../../../shared/parts/later";
import { useOnce } from "../../../shared/parts/once";
import type { Letter } from "../../../shared/server/schemas";
import { timeOfDay } from "../../../shared/words/format";
import { bestFix, lookForFix } from "../../data/device/fix-better";
import { forWire } from "../../data/device/position";
import { fault, now, photos, recorded, views } from "../../data/disk/store";
import type { Photo } from "../../data/disk/tables";
import { perform } from "../../data/outbox/acts";
import { type Arrival, emptyArrival, gradeAt, isTouched, manualReason, metresTo } from "../../domain/visit/arrival";
import type { View } from "../../domain/work/view";
import { village } from "../../domain/work/way";
import { type Kept, useKeptForm } from "../../parts/form/kept-form";
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

const draftKey = (assignment: string): string => `arrive:${assignment}`;

function Door({ view }: { view: View }) {
  const { id, place, resident } = view.assignment;
  const label = resident.short_name;
  const kept = useKeptForm<Arrival>({ key: draftKey(id), assignment: id, label, empty: emptyArrival(), isTouched });
  const { form, change } = kept;
  useOnce(lookForFix);
  const look = useLook();
  const held = bestFix.value;
  const graded = gradeAt(held, place, Date.now());
  const far = graded.reasons.includes("far_away");
  const manual = form.manual || (held === null ? look !== "looking" : graded.letter === "D");
  const checkIn = useCheckIn(view, kept, (said) => (manual ? reasonOf(said, look) : ""));
  return (
    <Screen
      title={say("title")}
      back={`/app/visit/${id}`}
      head={view.due ? <ClockMark due={view.due} now={now.value} /> : null}
      dock={<Dock letter={graded.letter} held={held !== null} kept={kept} onGo={checkIn} />}
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

interface DockProps {
  letter: Letter;
  held: boolean; // whether there is a position at all
  kept: Kept<Arrival>;
  onGo: () => void;
}

function Dock({ letter, held, kept: { form, change }, onGo }: DockProps) {
  return (
    <>
      {fault.value && <Note tone="high">{word("disk.failed")}</Note>}
      <Go icon="pin" onClick={onGo}>
        {say("go", { g: letter })}
      </Go>
      {held && letter !== "D" && (
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
  );
}

/** The check-in itself, once: kept on disk, then on to what is said at the door. */
function useCheckIn(view: View, kept: Kept<Arrival>, why: (said: Arrival) => string): () => void {
  const { route } = useLocation();
  const [busy, setBusy] = useState(false);
  const { id, resident } = view.assignment;
  const go = async (): Promise<void> => {
    setBusy(true);
    const goOn = kept.finish();
    const said = kept.current();
    const listed = photos.value.filter((photo) => said.photos.includes(photo.uuid));
    const payload = arrivalOf(said, why(said), listed);
    try {
      await perform("arrive", {
        assignment: id,
        label: resident.short_name,
        payload,
        photos: listed,
        draft: draftKey(id),
      });
      tick();
      route(`/app/visit/${id}/script`);
    } catch {
      buzz();
      goOn();
      setBusy(false);
    }
  };
  return () => {
    if (!busy) void go();
  };
}

function arrivalOf(said: Arrival, reason: string, listed: readonly Photo[]): Record<string, unknown> {
  const payload: Record<string, unknown> = { position: bestFix.value ? forWire(bestFix.value) : null };
  if (reason) payload["manual_reason"] = reason.slice(0, 200);
  if (said.companion) payload["companion"] = true;
  if (listed.length > 0) {
    payload["photos"] = listed.map(({ uuid, sha256, bytes, kind }) => ({ uuid, sha256, bytes, kind }));
  }
  return payload;
}

/** Why it is made by hand: what the officer says, else what keeps the phone from a position. */
function reasonOf(said: Arrival, look: ReturnType<typeof useLook>): string {
  const own = manualReason(said, (code) => say(`why.${code}`));
  if (own) return own;
  return bestFix.value === null ? say(lookWords(look)) : "";
}

function lookWords(look: ReturnType<typeof useLook>): "denied" | "unavailable" | "timeout" | "insecure" | "looking" {
  return look === "found" ? "timeout" : look;
}
