// One record in the list of where records are: what it was, about whom, when, with which photos, and what it waits for.
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../../../shared/parts/icon";
import { DoneMark } from "../../../shared/parts/state-marks";
import { moment, size, timeOfDay } from "../../../shared/words/format";
import { now, photos, signedOut } from "../../data/disk/store";
import type { ActKind, Entry } from "../../domain/outbox/entry";
import { Saying } from "../../parts/work/name";
import { word } from "../../words/app";
import { say } from "./words";

const ICONS: Partial<Record<ActKind, IconName>> = {
  acknowledge: "check",
  decline: "close",
  depart: "nav",
  contact: "phone",
  arrive: "door",
  visit: "pen",
  note: "msg",
  correction: "pen",
  all_right: "shield",
  help: "people",
  resolve: "hand",
  undone: "undo",
};

function kindWord(kind: ActKind): string {
  return kind === "undone" ? say("undone") : word(`act.${kind}`);
}

function Title({ entry: { label, kind } }: { entry: Entry }): ComponentChildren {
  const what = kindWord(kind);
  return label ? <Saying who={label} words={(who) => say("of", { who, what })} /> : what;
}

function details(entry: Entry): string {
  const at = Date.parse(entry.happened_at) + entry.clock_offset_ms;
  const mine = photos.value.filter((photo) => entry.photos.includes(photo.uuid));
  const bytes = mine.reduce((sum, photo) => sum + photo.bytes, 0);
  const parts = [moment(at, now.value)];
  if (mine.length > 0) parts.push(say("photos", { n: mine.length, size: size(bytes) }));
  if (entry.receipt?.grade) parts.push(say("grade", { g: entry.receipt.grade }));
  return parts.join(" · ");
}

interface WaitingProps {
  entry: Entry;
  on: boolean; // whether there is a way to the server now
}

export function WaitingLine({ entry, on }: WaitingProps) {
  const undoable = entry.not_before > Date.now();
  const [icon, why] = undoable ? (["undo", "waits.undo"] as const) : waitsFor(on);
  return (
    <li class="line">
      <Icon name={ICONS[entry.kind] ?? "file"} />
      <div class="grow">
        <p class="b">
          <Title entry={entry} />
        </p>
        <p class="hint">{details(entry)}</p>
      </div>
      <span class="st st--wait">
        <Icon name={icon} />
        {say(why)}
      </span>
    </li>
  );
}

function waitsFor(on: boolean): ["cloudoff" | "up", "waits.sign_in" | "waits.turn" | "waits.net"] {
  if (signedOut.value) return ["cloudoff", "waits.sign_in"];
  return on ? ["up", "waits.turn"] : ["cloudoff", "waits.net"];
}

export function SentLine({ entry }: { entry: Entry }) {
  return (
    <li class="line">
      <Icon name={ICONS[entry.kind] ?? "file"} />
      <div class="grow">
        <p>
          <Title entry={entry} />
        </p>
      </div>
      <DoneMark>{timeOfDay(entry.answered_at ?? now.value)}</DoneMark>
    </li>
  );
}
