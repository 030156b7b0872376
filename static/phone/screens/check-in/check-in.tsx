// Check-in at the door: half a minute for a finer position, a grade that explains itself, and a button that always works.
import "../../parts/form/form.css";
import "./check-in.css";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Fuse } from "../../../shared/parts/clocks";
import { useOnce } from "../../../shared/parts/once";
import type { Letter } from "../../../shared/server/schemas";
import { moment } from "../../../shared/words/format";
import { bestFix, lookForFix } from "../../data/device/fix-better";
import { forWire } from "../../data/device/position";
import { now, photos, recorded, views } from "../../data/disk/store";
import type { Photo } from "../../data/disk/tables";
import { perform } from "../../data/outbox/acts";
import { writtenOut } from "../../data/work/readings";
import {
  type Arrival,
  asks,
  emptyArrival,
  gradeOf,
  isTouched,
  manualReason,
  type Question,
} from "../../domain/visit/arrival";
import { pointOf } from "../../domain/work/place";
import type { View } from "../../domain/work/view";
import { type Kept, useKeptForm } from "../../parts/form/kept-form";
import { Go, Note, Screen } from "../../parts/frame/frame";
import { buzz, tick } from "../../parts/frame/haptics";
import { TimeLeft } from "../../parts/work/time-left";
import { say } from "../../words/check-in";
import { type Look, Standing, useLook } from "./grade-box";
import { HouseMap } from "./house-map";
import { ManualReasons, Proof } from "./manual-reasons";

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
        {say("here")} {say("here.hint", { t: moment(view.arrivedAt ?? now.value, now.value) })}
      </Note>
    </Screen>
  );
}

const draftKey = (assignment: string): string => `arrive:${assignment}`;

function Door({ view }: { view: View }) {
  const { id, place, resident } = view.assignment;
  const label = resident.short_name;
  const home = pointOf(place);
  const kept = useKeptForm<Arrival>({ key: draftKey(id), assignment: id, label, empty: emptyArrival(), isTouched });
  const { form, change } = kept;
  useOnce(lookForFix);
  const look = useLook();
  const held = bestFix.value;
  const graded = gradeOf(form, held, place, Date.now());
  const question = asks(form, graded, look === "looking");
  const proof = graded.letter >= "C" && question !== "farAway" && (question !== null || look !== "looking");
  // Only what is shown is sent: a photo that is hidden meanwhile waits for the record.
  const checkIn = useCheckIn(view, kept, (said) => ({
    position: said.manual ? null : bestFix.value, // one that its officer calls wrong proves nothing, and would mislead
    reason: reasonOf(said, question, look),
    companion: proof && said.companion,
    photos: proof ? photos.value.filter((photo) => said.photos.includes(photo.uuid)) : [],
  }));
  return (
    <Screen
      title={say("title")}
      back={`/app/visit/${id}`}
      head={view.due ? <TimeLeft due={view.due} at={now.value} brief /> : null}
      dock={<Dock letter={graded.letter} kept={kept} onGo={checkIn} />}
    >
      {view.due && <Fuse due={view.due} now={now.value} />}
      <div class="cols">
        {home && (
          <div class="card card--none">
            <HouseMap home={home} here={held} who={writtenOut(label)} risk={view.assignment.case.risk} />
          </div>
        )}
        <Standing look={look} held={held} place={place} letter={graded.letter} />
      </div>
      {question && <ManualReasons question={question} form={form} change={change} />}
      {proof && <Proof assignment={id} form={form} change={change} />}
    </Screen>
  );
}

interface DockProps {
  letter: Letter;
  kept: Kept<Arrival>;
  onGo: () => void;
}

function Dock({ letter, kept: { form, change }, onGo }: DockProps) {
  const offered = form.manual || letter !== "D"; // without a position that proves something it is by hand anyway
  return (
    <>
      <Go icon="pin" onClick={onGo}>
        {say(form.manual ? "go.hand" : "go", { g: letter })}
      </Go>
      {/* Its room is kept: the button above must not move while a position comes and goes. */}
      <button
        class={offered ? "btn btn--plain btn--wide" : "btn btn--plain btn--wide room"}
        type="button"
        disabled={!offered}
        aria-expanded={form.manual}
        onClick={() => change((said) => ({ ...said, manual: !said.manual }))}
      >
        {say(form.manual ? "auto" : "manual")}
      </button>
    </>
  );
}

/** What the screen shows of a check-in, and therefore sends. */
interface Shown {
  position: typeof bestFix.value;
  reason: string;
  companion: boolean;
  photos: Photo[];
}

/** The check-in itself, once: kept on disk, then on to what is said at the door. */
function useCheckIn(view: View, kept: Kept<Arrival>, shown: (said: Arrival) => Shown): () => void {
  const { route } = useLocation();
  const [busy, setBusy] = useState(false);
  const { id, resident } = view.assignment;
  const go = async (): Promise<void> => {
    setBusy(true);
    const goOn = kept.finish();
    const said = shown(kept.current());
    try {
      await perform("arrive", {
        assignment: id,
        label: resident.short_name,
        payload: arrivalOf(said),
        photos: said.photos,
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

function arrivalOf({ position, reason, companion, photos: listed }: Shown): Record<string, unknown> {
  const payload: Record<string, unknown> = { position: position ? forWire(position) : null };
  if (reason) payload["manual_reason"] = reason;
  if (companion) payload["companion"] = true;
  if (listed.length > 0) {
    payload["photos"] = listed.map(({ uuid, sha256, bytes, kind }) => ({ uuid, sha256, bytes, kind }));
  }
  return payload;
}

/** What is said for a weak check-in: the officer's answer to what was asked, else what keeps the phone from a position. */
function reasonOf(said: Arrival, question: Question | null, look: Look): string {
  const own = question ? manualReason(said[question], (code) => say(`why.${code}`)) : "";
  if (own) return own;
  if (said.manual) return say("by_hand");
  return question && bestFix.value === null ? say(lookWords(look)) : "";
}

function lookWords(look: Look): "denied" | "unavailable" | "timeout" | "insecure" | "looking" {
  return look === "found" ? "timeout" : look;
}
