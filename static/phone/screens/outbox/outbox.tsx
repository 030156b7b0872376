// Where every record is: what needs the officer first, then what is only on this phone, then what has arrived.
import "./outbox.css";
import { useState } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import { ago, dayOf, moment, size } from "../../../shared/words/format";
import { gap } from "../../data/device/device";
import {
  barrier,
  cleared,
  entries,
  maintenanceUntil,
  needing,
  now,
  online,
  photos,
  photosLeft,
  sending,
  signedOut,
  strays,
  unkept,
  unsent,
} from "../../data/disk/store";
import { carried } from "../../data/outbox/handover";
import { flush } from "../../data/outbox/send";
import { Go, Note, Screen } from "../../parts/frame/frame";
import { say as saySync } from "../../words/sync";
import { SentLine, WaitingLine } from "./entry-line";
import { EntryNeeds, PhotoNeeds } from "./need-card";
import { StrayCard } from "./stray-card";
import { say } from "./words";

export function Outbox() {
  const left = unsent.value.length + photosLeft.value.length;
  const { vain, send } = useSending();
  return (
    <Screen
      title={say("title")}
      back="/"
      dock={
        <>
          {vain && (
            <p class="hint ctr" role="status">
              {say("send.vain")}
            </p>
          )}
          <div class="pair outdock">
            <a class="btn pair__side" href="/app/handover">
              <Icon name="qr" />
              {say("hand")}
            </a>
            {signedOut.value && <Go href="/app/sign-in">{say("sign_in")}</Go>}
            {!signedOut.value && left === 0 && <p class="outdock__none">{say("send.none")}</p>}
            {!signedOut.value && left > 0 && (
              <Go icon="up" onClick={() => void send()}>
                {say(sending.value ? "waits.turn" : "send")}
              </Go>
            )}
          </div>
        </>
      }
    >
      <Standing />
      <Needing />
      <Waiting />
      <Sent />
    </Screen>
  );
}

/** A tap that sends, and whether the last one came to nothing. */
function useSending(): { vain: boolean; send: () => Promise<void> } {
  const [vain, setVain] = useState(false);
  const send = async (): Promise<void> => {
    setVain(false);
    await flush();
    setVain(!online.value || barrier.value !== null);
  };
  return { vain: vain && !sending.value, send };
}

/** Whether what was recorded has arrived, is on its way, or waits on this phone for a server. */
function safety(): "safe.off" | "safe" | "safe.sent" {
  if (!online.value || barrier.value !== null || maintenanceUntil.value !== null) return "safe.off";
  const left = unsent.value.length + photosLeft.value.length + needing.value.length + strays.value.length;
  return left > 0 ? "safe" : "safe.sent";
}

const UNKEPT = { refused: "volatile", newer: "newer", silent: "silent" } as const;

/** One sentence on the whole, and one for everything that stands in the way. */
function Standing() {
  return (
    <>
      {unkept.value !== null ? (
        <Note icon="alert">{say(UNKEPT[unkept.value])}</Note>
      ) : (
        <Note tone="ok" icon="disk">
          {say(safety())}
        </Note>
      )}
      {cleared.value !== null && <Note icon="alert">{say("cleared")}</Note>}
      {cleared.value !== null && cleared.value.photos > 0 && (
        <Note icon="img">{say("cleared.photos", { n: cleared.value.photos })}</Note>
      )}
      {signedOut.value && <Note icon="lock">{say("signed_out")}</Note>}
      {barrier.value !== null && (
        <Note icon="alert">{saySync(`off.${barrier.value.why}`, { s: barrier.value.status ?? "" })}</Note>
      )}
      {maintenanceUntil.value !== null && (
        <Note icon="gear">{say("away", { t: moment(maintenanceUntil.value, now.value) })}</Note>
      )}
      {gap.value !== null && gap.value.missing > 0 && <Note icon="alert">{say("gap", { n: gap.value.missing })}</Note>}
      {carried.value.length > 0 && (
        <a href="/app/handover">
          <Note tone="calm" icon="people">
            {say("carried", { n: carried.value.length })}
          </Note>
        </a>
      )}
    </>
  );
}

function Heading({ words, count }: { words: string; count?: string }) {
  return (
    <div class="group">
      <h2>{words}</h2>
      {count && <span class="n">{count}</span>}
    </div>
  );
}

function Needing() {
  const refused = photos.value.filter((photo) => photo.refused !== null);
  const count = needing.value.length + strays.value.length + refused.length;
  if (count === 0) return null;
  return (
    <>
      <Heading words={say("needs")} count={String(count)} />
      {needing.value.map((entry) => (
        <EntryNeeds key={entry.uuid} entry={entry} />
      ))}
      {strays.value.map((draft) => (
        <StrayCard key={draft.key} draft={draft} />
      ))}
      {refused.map((photo) => (
        <PhotoNeeds key={photo.uuid} photo={photo} />
      ))}
    </>
  );
}

function Waiting() {
  const waiting = unsent.value;
  const first = waiting[0];
  const oldest = first ? ago(now.value - Date.parse(first.happened_at) - first.clock_offset_ms) : "";
  const on = online.value && maintenanceUntil.value === null;
  return (
    <>
      <Heading words={say("here")} {...(first ? { count: say("here.n", { n: waiting.length, t: oldest }) } : {})} />
      {waiting.length === 0 && photosLeft.value.length === 0 ? (
        <p class="hint2 second">{say("here.none")}</p>
      ) : (
        <ul class="card card--none">
          {waiting.map((entry) => (
            <WaitingLine key={entry.uuid} entry={entry} on={on} />
          ))}
          <PhotosGoing />
        </ul>
      )}
    </>
  );
}

/** Photos whose record has arrived, and who follow it in pieces. */
function PhotosGoing() {
  const listed = new Set(unsent.value.flatMap((entry) => entry.photos));
  const going = photosLeft.value.filter((photo) => !listed.has(photo.uuid));
  if (going.length === 0) return null;
  const done = going.reduce((sum, photo) => sum + photo.have, 0);
  const all = going.reduce((sum, photo) => sum + photo.bytes, 0);
  return (
    <li class="line">
      <Icon name="img" />
      <div class="grow">
        <p class="b">{say("photos.left", { n: going.length })}</p>
        <p class="hint">{say("photos.left.of", { done: size(done), all: size(all) })}</p>
      </div>
    </li>
  );
}

const LISTED = 30;

function Sent() {
  const today = dayOf(now.value);
  const sent = entries.value
    .filter((entry) => entry.state === "answered" && !entry.needs && dayOf(entry.answered_at ?? 0) === today)
    .reverse();
  const told = sent.filter((entry) => entry.kind !== "receipt" && entry.kind !== "undone");
  const hidden = sent.length - told.length;
  return (
    <>
      <Heading words={say("sent")} count={told.length > 0 ? say("sent.n", { n: told.length }) : say("sent.none")} />
      {told.length > 0 && (
        <ul class="card card--none">
          {told.slice(0, LISTED).map((entry) => (
            <SentLine key={entry.uuid} entry={entry} />
          ))}
        </ul>
      )}
      {hidden > 0 && <p class="hint">{say("sent.hidden", { n: hidden })}</p>}
    </>
  );
}
