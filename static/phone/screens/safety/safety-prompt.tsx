// Asks an officer on scene whether all is right; silence is the server's business, which tells the desk.
import "./safety.css";
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { asAct } from "../../../shared/parts/taps";
import { span } from "../../../shared/words/format";
import { entries, now, online, views } from "../../data/disk/store";
import { perform } from "../../data/outbox/acts";
import { safetyOf } from "../../domain/work/safety";
import type { View } from "../../domain/work/view";
import { useOneAtATime } from "../../parts/frame/busy";
import { Go, Stuck } from "../../parts/frame/frame";
import { buzz, tick } from "../../parts/frame/haptics";
import { Saying } from "../../parts/work/name";
import { say } from "../../words/check-in";

const helped = signal<string | null>(null); // the assignment for which help was asked just now

/** The question over any screen; nothing where nobody is on scene, or all was right a moment ago. */
export function SafetyPrompt() {
  const due = views.value.find((view) => safetyOf(view, entries.value, now.value).asks);
  const asked = views.value.find((view) => view.assignment.id === helped.value);
  if (asked) return <Asked view={asked} />;
  return due ? <Question view={due} /> : null;
}

/** Whether somebody writes at this moment: the sheet then stays clear of field and keyboard. */
function useTyping(): boolean {
  const [typing, setTyping] = useState(writes(document.activeElement));
  useEffect(() => {
    const look = (): void => setTyping(writes(document.activeElement));
    const leave = (): void => setTyping(false);
    document.addEventListener("focusin", look);
    document.addEventListener("focusout", leave);
    return () => {
      document.removeEventListener("focusin", look);
      document.removeEventListener("focusout", leave);
    };
  }, []);
  return typing;
}

function writes(element: Element | null): boolean {
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type !== "file");
}

async function answer(view: View, kind: "all_right" | "help"): Promise<void> {
  const { id, resident } = view.assignment;
  try {
    await perform(kind, { assignment: id, label: resident.short_name });
    tick();
    helped.value = kind === "help" ? id : null;
  } catch {
    buzz();
  }
}

function Question({ view }: { view: View }) {
  const typing = useTyping();
  const inTurn = useOneAtATime();
  const { since } = safetyOf(view, entries.value, now.value);
  useEffect(() => {
    navigator.vibrate?.([80, 80, 80]);
  }, []);
  // A tap on an answer leaves the focus in the field: otherwise the sheet would move away under the finger.
  const stay = (event: MouseEvent): void => event.preventDefault();
  return (
    <section class={typing ? "safe safe--top" : "safe"} aria-labelledby="safe-title" onMouseDown={stay} ref={asAct}>
      <div role="status">
        <h2 id="safe-title">{say("safe.title")}</h2>
        <p class="second">
          <Saying
            who={view.assignment.resident.short_name}
            words={(who) => say("safe.of", { who, t: span(now.value - since) })}
          />
        </p>
      </div>
      <Stuck />
      <div class="pair">
        <Go icon="check" onClick={() => inTurn(() => answer(view, "all_right"))}>
          {say("safe.yes")}
        </Go>
        <button class="btn" type="button" onClick={() => inTurn(() => answer(view, "help"))}>
          {say("safe.help")}
        </button>
      </div>
    </section>
  );
}

/** Help was asked for: whether the desk knows already, and the telephone where it does not. */
function Asked({ view }: { view: View }) {
  const { id } = view.assignment;
  const inTurn = useOneAtATime();
  const waits = entries.value.some(
    (entry) => entry.assignment === id && entry.kind === "help" && entry.state === "waiting",
  );
  const unheard = waits && !online.value;
  return (
    <section class="safe" aria-label={say("safe.help")} ref={asAct}>
      <p class="b" role="status">
        {say(unheard ? "safe.waits" : "safe.told")}
      </p>
      <Stuck />
      <div class="pair">
        <a class={unheard ? "btn btn--go" : "btn"} href="tel:110">
          {say("safe.call")}
        </a>
        <button class="btn" type="button" onClick={() => inTurn(() => answer(view, "all_right"))}>
          {say("safe.yes")}
        </button>
      </div>
    </section>
  );
}
