// A card for what needs the officer: what came of a record, and the answers to it; never a question without a way out.
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import { Icon } from "../../../shared/parts/icon";
import { moment } from "../../../shared/words/format";
import { saveDraft } from "../../data/disk/drafts";
import { entries, now, work } from "../../data/disk/store";
import type { Photo } from "../../data/disk/tables";
import { dropPhoto, settle } from "../../data/outbox/acts";
import type { Entry } from "../../domain/outbox/entry";
import {
  type Choice,
  canRecordAnew,
  choicesOf,
  dispositionOf,
  earlierOf,
  heldFor,
  type Said,
  saidBy,
  whyOf,
} from "../../domain/outbox/needs";
import { formOf, visitKey } from "../../domain/visit/record";
import { useOneAtATime } from "../../parts/frame/busy";
import { buzz, tick } from "../../parts/frame/haptics";
import { Saying } from "../../parts/work/name";
import { word } from "../../words/app";
import { resultWord } from "../../words/work";
import { say } from "./words";

const happened = (entry: Entry): number => Date.parse(entry.happened_at) + entry.clock_offset_ms;

export function EntryNeeds({ entry }: { entry: Entry }) {
  const earlier = earlierOf(entry, entries.value, work.value?.done_today ?? []);
  const choices = choicesOf(entry, earlier !== null);
  const held = heldFor(entry);
  const what = entry.kind === "undone" ? say("undone") : word(`act.${entry.kind}`);
  return (
    <section class="need">
      <header>
        <Icon name="hand" />
        {say(whyOf(entry))}
      </header>
      <div>
        <p>
          <b>
            <Saying who={entry.label} words={(who) => say("of", { who, what })} />
          </b>
          <br />
          <span class="hint">
            <Story entry={entry} />
          </span>
        </p>
        {earlier && <Both earlier={earlier} entry={entry} />}
        {held && <p class="second t2">{say(held)}</p>}
        {saidBy(entry).map((sentence) => (
          <p key={sentence} class="second t2">
            {sentence}
          </p>
        ))}
        <p class="second t2">{say(choices.length > 1 ? "kept" : "still")}</p>
        <Answers entry={entry} choices={choices} double={earlier !== null} />
      </div>
    </section>
  );
}

/** Who has the case now and since when, where the server knows of somebody; and when it was written down. */
function Story({ entry }: { entry: Entry }) {
  const { holder, holder_since } = entry.receipt ?? {};
  const t = moment(happened(entry), now.value);
  if (!holder || !holder_since) return <>{say("did", { t })}</>;
  const since = moment(holder_since, now.value);
  return <Saying who={holder} words={(who) => say("did.since", { t, who, since })} />;
}

interface AnswersProps {
  entry: Entry;
  choices: readonly Choice[];
  double: boolean; // whether there is another record of the visit
}

function Answers({ entry, choices, double }: AnswersProps) {
  const { route } = useLocation();
  const inTurn = useOneAtATime();
  const take = async (choice: Choice): Promise<boolean> => {
    try {
      await settle(entry, choice);
      tick();
      return true;
    } catch {
      buzz();
      return false;
    }
  };
  const anew = async (): Promise<void> => {
    const { assignment, label, payload } = entry;
    if (!assignment) return;
    const form = { key: visitKey(assignment), assignment, label, form: formOf(payload), touched: true };
    // Only once the form is on disk: what is settled may be forgotten.
    if (!(await saveDraft(form))) return buzz();
    if (await take("seen")) route(`/app/visit/${assignment}/record`);
  };
  return (
    <div class="chips">
      {canRecordAnew(entry) && entry.assignment && (
        <button class="btn btn--you" type="button" onClick={() => inTurn(anew)}>
          {say("anew")}
        </button>
      )}
      {choices.map((choice, place) => (
        <button
          key={choice}
          class={place === 0 && !canRecordAnew(entry) ? "btn btn--you" : "btn"}
          type="button"
          onClick={() => inTurn(() => take(choice))}
        >
          {words(choice, entry, double)}
        </button>
      ))}
    </div>
  );
}

/** Two records of one visit beside each other, for the officer to compare. */
function Both({ earlier, entry }: { earlier: Said; entry: Entry }) {
  const rows = [
    ["double.first", earlier],
    ["double.second", { disposition: dispositionOf(entry), at: happened(entry) }],
  ] as const;
  return (
    <dl class="two">
      {rows.map(([which, { disposition, at }]) => (
        <div key={which}>
          <dt>
            {say(which)} · {moment(at, now.value)}
          </dt>
          <dd>{disposition === null ? say("double.unknown") : resultWord(disposition)}</dd>
        </div>
      ))}
    </dl>
  );
}

function words(choice: Choice, entry: Entry, double: boolean): ComponentChildren {
  if (double && choice === "mine_too") return say("double.both");
  if (choice !== "theirs") return say(choice);
  const { holder } = entry.receipt ?? {};
  return holder ? <Saying who={holder} words={(who) => say("theirs", { who })} /> : say("theirs.any");
}

/** A photo that the server will never take: said with its reason, and put away by the officer. */
export function PhotoNeeds({ photo }: { photo: Photo }) {
  return (
    <section class="need">
      <header>
        <Icon name="img" />
        {say("photo.refused")}
      </header>
      <div>
        <p class="second t2">
          {say("photo.refused.of", { t: moment(photo.taken_at, now.value), why: photo.refused ?? "" })}
        </p>
        <div class="chips">
          <button class="btn btn--you" type="button" onClick={() => void dropPhoto(photo.uuid).catch(buzz)}>
            {say("seen")}
          </button>
        </div>
      </div>
    </section>
  );
}
