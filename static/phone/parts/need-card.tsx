// A card for what needs the officer: what came of a record, and the answers to it; never a question without a way out.
import { useLocation } from "preact-iso";
import { dropPhoto, settle } from "../data/acts";
import type { Photo } from "../data/disk";
import { saveDraft } from "../data/drafts";
import { now } from "../data/store";
import type { Entry } from "../domain/entry";
import { canRecordAnew, type Choice, choicesOf, heldFor, saidBy, whyOf } from "../domain/needs";
import { formOf } from "../domain/visit-form";
import { buzz, tick } from "../lib/haptics";
import { t } from "../words/core";
import { moment } from "../words/format";
import { say } from "../words/outbox";
import { Icon } from "./icon";

const happened = (entry: Entry): number => Date.parse(entry.happened_at) + entry.clock_offset_ms;

export function EntryNeeds({ entry }: { entry: Entry }) {
  const { route } = useLocation();
  const why = whyOf(entry);
  const choices = choicesOf(entry);
  const held = heldFor(entry);
  const take = async (choice: Choice): Promise<void> => {
    try {
      await settle(entry, choice);
      tick();
    } catch {
      buzz();
    }
  };
  const anew = async (): Promise<void> => {
    const { assignment, label, payload } = entry;
    if (!assignment) return;
    await saveDraft({ key: `visit:${assignment}`, assignment, label, form: formOf(payload), touched: true });
    await take("seen");
    route(`/app/visit/${assignment}/record`);
  };
  return (
    <section class="need">
      <header>
        <Icon name="hand" />
        {say(why)}
      </header>
      <div>
        <p>
          <b>{say("of", { who: entry.label, what: entry.kind === "undone" ? say("undone") : t(`act.${entry.kind}`) })}</b>
          <br />
          <span class="hint">{say("did", { t: moment(happened(entry), now.value) })}</span>
        </p>
        {held && <p class="second t2">{say(held)}</p>}
        {saidBy(entry).map((sentence) => (
          <p key={sentence} class="second t2">
            {sentence}
          </p>
        ))}
        <p class="second t2">{say(choices.length > 1 ? "kept" : "still")}</p>
        <div class="chips">
          {canRecordAnew(entry) && entry.assignment && (
            <button class="btn btn--you" type="button" onClick={() => void anew()}>
              {say("anew")}
            </button>
          )}
          {choices.map((choice, place) => (
            <button
              key={choice}
              class={place === 0 && !canRecordAnew(entry) ? "btn btn--you" : "btn"}
              type="button"
              onClick={() => void take(choice)}
            >
              {words(choice, entry)}
            </button>
          ))}
        </div>
      </div>
    </section>
  );
}

function words(choice: Choice, entry: Entry): string {
  if (choice !== "theirs") return say(choice);
  const { holder } = entry.receipt ?? {};
  return holder ? say("theirs", { who: holder }) : say("theirs.any");
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
          <button class="btn btn--you" type="button" onClick={() => void dropPhoto(photo.uuid)}>
            {say("seen")}
          </button>
        </div>
      </div>
    </section>
  );
}
