// The pages of a script: what to know before, one step at a time, what to agree on at the end.
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../../../shared/parts/icon";
import type { Objection, Script } from "../../data/work/scripts";
import { listMark, sayScript as say } from "../../words/scripts";
import { Spoken } from "./spoken";

/** Where one is among the steps. */
export function Dots({ at, of }: { at: number; of: number }) {
  return (
    <ol class="dots" aria-label={say("step.of", { n: at + 1, m: of })}>
      {Array.from({ length: of }, (_, place) => (
        <li key={place} class={standing(place, at)} />
      ))}
    </ol>
  );
}

function standing(place: number, at: number): "is-done" | "is-now" | "" {
  if (place < at) return "is-done";
  return place === at ? "is-now" : "";
}

/** What to know before the door opens, and what is never asked or said. */
export function Before({ script }: { script: Script }) {
  return (
    <>
      {script.before.length > 0 && (
        <section class="say">
          <h2>{say("before")}</h2>
          <ol class="before">
            {script.before.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </section>
      )}
      <Nevers script={script} />
    </>
  );
}

/** All that a script bans asking for, with the list mark of its own language. */
function neverAsked({ language, never_ask }: Script): string {
  return never_ask.join(listMark(language));
}

function Nevers({ script }: { script: Script }) {
  return (
    <div class="note note--never nevers">
      <Icon name="hand" />
      <div>
        <p>
          <b>{say("never.ask")}</b>
          {neverAsked(script)}
        </p>
        <p>
          <b>{say("never.say")}</b>
        </p>
        <ul>
          {script.never_say.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

interface StepProps {
  script: Script;
  place: number;
}

/** One step: the words in large type, then what to ask, to do, and not to say. */
export function Step({ script, place }: StepProps) {
  const step = script.steps[place];
  if (!step) return null;
  return (
    <>
      <section class="say">
        <h2>
          <b>{place + 1}</b> {step.title}
        </h2>
        <blockquote>
          <Spoken words={step.say} phrase={step.key_phrase} />
        </blockquote>
        {step.ask && (
          <Aside icon="speech" label={say("ask")} spoken>
            {step.ask}
          </Aside>
        )}
        {step.do && (
          <Aside icon="check" label={say("do")}>
            {step.do}
          </Aside>
        )}
      </section>
      <Never asked={neverAsked(script)} said={step.dont_say} />
    </>
  );
}

/** What is not said in this step, and in one line what is never asked: every objection stands below it; a tap unfolds it. */
function Never({ asked, said }: { asked: string; said: string | null | undefined }) {
  return (
    <details class="dont">
      <summary>
        <span class="note note--never">
          <Icon name="hand" />
          <span>
            {said && (
              <>
                <b>{say("dont")}</b>
                {said}
              </>
            )}
            <span class="dont__ask">
              <b>{say("never.ask")}</b>
              {asked}
            </span>
          </span>
        </span>
      </summary>
    </details>
  );
}

function Aside({
  icon,
  label,
  spoken,
  children,
}: {
  icon: IconName;
  label: string;
  spoken?: boolean;
  children: ComponentChildren;
}) {
  return (
    <p class={spoken ? "aside aside--say" : "aside"}>
      <span class="aside__label">
        <Icon name={icon} size="s" />
        {label}
      </span>
      <span>{children}</span>
    </p>
  );
}

interface ObjectionsProps {
  objections: readonly Objection[];
  met: ReadonlySet<string>;
  onOpen: (key: string) => void;
}

/** What they may say; the answer is one tap away. */
export function Objections({ objections, met, onOpen }: ObjectionsProps) {
  if (objections.length === 0) return null;
  return (
    <section class="objbox" id="objections">
      <h2 class="h">{say("they.say")}</h2>
      <div class="objs">
        {objections.map(({ key, they_say }) => (
          <button key={key} class={met.has(key) ? "obj was" : "obj"} type="button" onClick={() => onOpen(key)}>
            {met.has(key) && <Icon name="check" size="s" />}
            {they_say}
          </button>
        ))}
      </div>
    </section>
  );
}

/** What is agreed on before leaving; in reading, also what is said on later visits. */
export function Agree({ script, reading }: { script: Script; reading: boolean }) {
  const later = Object.entries(script.follow_up);
  return (
    <>
      <section class="say">
        <h2>{say("agree")}</h2>
        <ol class="before agree">
          {script.agree.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
        <p class="hint">{say("agree.hint")}</p>
      </section>
      {reading && later.length > 0 && (
        <section class="say">
          <h2>{say("follow")}</h2>
          {later.map(([day, words]) => (
            <p key={day}>
              <b>{say("follow.day", { n: day })}</b>
              <br />
              {words}
            </p>
          ))}
        </section>
      )}
    </>
  );
}
