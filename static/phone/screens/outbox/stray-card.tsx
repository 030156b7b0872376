// A form that was being filled in when its assignment went: sent anyway, or dropped with time for a change of mind.
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import { moment } from "../../../shared/words/format";
import { dropDraft } from "../../data/disk/drafts";
import { now, recorded } from "../../data/disk/store";
import type { Draft } from "../../data/disk/tables";
import { Saying } from "../../parts/work/name";
import { word } from "../../words/app";
import { say } from "./words";

const UNDO_MS = 8000;

/** Where the form of a draft is filled in. */
function screenOf({ key, assignment }: Draft): string {
  const [form, id] = key.split(":");
  return form === "correct" ? `/app/done/${id}/correct` : `/app/visit/${assignment}/record`;
}

/** Dropping a draft, with time for a change of mind. */
function useDropping(draft: Draft): { dropping: boolean; drop: () => void; undo: () => void } {
  const [dropping, setDropping] = useState(false);
  const waits = useRef<ReturnType<typeof setTimeout>>(undefined);
  const drop = (): void => {
    setDropping(true);
    waits.current = setTimeout(() => void dropDraft(draft.key).catch(() => setDropping(false)), UNDO_MS);
  };
  const undo = (): void => {
    clearTimeout(waits.current);
    setDropping(false);
  };
  // Leaving the screen is a change of mind too: what was written stays until it is dropped in earnest.
  useEffect(() => () => clearTimeout(waits.current), []);
  return { dropping, drop, undo };
}

export function StrayCard({ draft }: { draft: Draft }) {
  const { dropping, drop, undo } = useDropping(draft);
  if (dropping) return <Dropped draft={draft} undo={undo} />;
  const kind = draft.key.startsWith("correct:") ? "correction" : "visit";
  return (
    <section class="need">
      <header>
        <Icon name="pen" />
        {say(recorded(draft.assignment) && kind === "visit" ? "stray.recorded" : "stray")}
      </header>
      <div>
        <p>
          <b>
            <Saying who={draft.label} words={(who) => say("of", { who, what: word(`act.${kind}`) })} />
          </b>
          <br />
          <span class="hint">{say("stray.did", { t: moment(draft.saved_at, now.value) })}</span>
        </p>
        <p class="second t2">{say("stray.how")}</p>
        <div class="chips">
          <a class="btn btn--you" href={screenOf(draft)}>
            {say("stray.open")}
          </a>
          <button class="btn" type="button" onClick={drop}>
            {say("stray.drop")}
          </button>
        </div>
      </div>
    </section>
  );
}

function Dropped({ draft, undo }: { draft: Draft; undo: () => void }) {
  return (
    <p class="toast" role="status">
      <span class="grow">
        <Saying who={draft.label} words={(who) => say("stray.dropped", { who })} />
      </span>
      <button class="btn btn--plain" type="button" onClick={undo}>
        {word("undo")}
      </button>
    </p>
  );
}
