// A script as one goes through it: before, steps, objections, agreement; the same for a visit and for reading.
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Icon } from "../../../shared/parts/icon";
import type { Worked } from "../../../shared/server/schemas";
import { called } from "../../data/work/readings";
import type { Script } from "../../data/work/scripts";
import { noteStep } from "../../data/work/steps";
import { Go, Screen } from "../../parts/frame/frame";
import { Name } from "../../parts/work/name";
import { sayScript as say } from "../../words/scripts";
import { Objection } from "./objection";
import { Agree, Before, Dots, Objections, Step } from "./script-pages";
import { useStepClock } from "./step-clock";
import { WhoHears } from "./who-hears";

type ForwardWord = "start" | "next" | "last" | "to.record" | "done.reading";

export interface TalkProps {
  script: Script;
  visit: string | null; // the assignment, or null when somebody reads
  name: string; // what stands at the top
  back: string;
  at: number; // -1 before, then the steps, then what is agreed on
  onAt: (at: number) => void;
  family?: { on: boolean; choose: (on: boolean) => void } | null;
  contact?: { who: string; phone: string } | null;
}

export function Talk(props: TalkProps) {
  const { script, visit, at, family = null, contact = null } = props;
  const { objection, answers, show, close, worked } = useObjections(props);
  const last = script.steps.length;
  const step = script.steps[at] ?? null;
  const kind = script.title.split(" · ")[0] ?? "";
  if (objection) {
    return (
      <Screen
        key={objection.key}
        {...heading(props, at >= 0 && at < last ? say("they.said", { n: at + 1 }) : say("they.said.other"))}
        back={close}
        dock={<ObjectionDock at={at} last={last} onBack={close} />}
      >
        <Objection
          words={objection}
          worked={answers.get(objection.key) ?? null}
          onWorked={visit ? worked : undefined}
          contact={contact}
        />
      </Screen>
    );
  }
  return (
    <Screen
      key="steps"
      {...heading(props, visit ? kind : `${kind} · ${say("version", { n: script.version })}`)}
      back={props.back}
      dock={<Steps {...props} />}
    >
      <div key={at} class={step ? "talk" : "stack"}>
        {at >= 0 && <Dots at={at} of={last + 1} />}
        {at < 0 && family && <WhoHears on={family.on} choose={family.choose} />}
        {at < 0 && <Before script={script} />}
        {step && <Step script={script} place={at} />}
        {at >= last && <Agree script={script} reading={visit === null} />}
        <Objections objections={script.objections} met={new Set(answers.keys())} onOpen={show} />
      </div>
    </Screen>
  );
}

/** Which objection is open, which came up, and whether their answers helped; timed and noted at a visit. */
function useObjections({ script, visit, at }: TalkProps) {
  const [open, setOpen] = useState<string | null>(null);
  const [answers, setAnswers] = useState<ReadonlyMap<string, Worked | null>>(new Map());
  const key = at < 0 ? "before" : (script.steps[at]?.key ?? "agree");
  const objection = script.objections.find((one) => one.key === open) ?? null;
  useStepClock(visit, key, open);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page of it begins at its top
  useEffect(() => scrollTo(0, 0), [at, open]);

  const show = (asked: string): void => {
    setOpen(asked);
    if (!answers.has(asked)) setAnswers(new Map([...answers, [asked, null]]));
  };
  const worked = (answer: Worked): void => {
    if (!objection) return;
    setAnswers(new Map([...answers, [objection.key, answer]]));
    navigator.vibrate?.(15);
    if (visit) void noteStep(visit, { key, seconds: 0, objection: objection.key, worked: answer });
  };
  return { objection, answers, show, worked, close: () => setOpen(null) };
}

function heading({ name, script }: TalkProps, under: string) {
  const title = (
    <>
      <Name of={name} />
      <span class="under">{under}</span>
    </>
  );
  const head = script.show.length > 0 && (
    <a class="btn btn--soft" href={`/app/show/${script.sha256}`}>
      <Icon name="img" />
      {say("show")}
    </a>
  );
  return { title, name: called(name), head };
}

function Steps({ script, visit, at, onAt, back }: TalkProps) {
  const { route } = useLocation();
  const last = script.steps.length;
  const end = (): void => route(visit ? `/app/visit/${visit}/record` : back);
  return (
    <div class="pair">
      {at >= 0 && (
        <button class="btn pair__side" type="button" onClick={() => onAt(at - 1)}>
          <Icon name="back" />
          {say("prev")}
        </button>
      )}
      <Go key={at} iconAfter="next" onClick={() => (at >= last ? end() : onAt(at + 1))}>
        {say(forward(at, last, visit !== null))}
      </Go>
    </div>
  );
}

function forward(at: number, last: number, visiting: boolean): ForwardWord {
  if (at < 0) return "start";
  if (at < last - 1) return "next";
  if (at < last) return "last";
  return visiting ? "to.record" : "done.reading";
}

function ObjectionDock({ at, last, onBack }: { at: number; last: number; onBack: () => void }) {
  const others = (): void => {
    onBack();
    requestAnimationFrame(() => document.getElementById("objections")?.scrollIntoView({ block: "center" }));
  };
  return (
    <div class="pair">
      <button class="btn pair__side" type="button" onClick={others}>
        <Icon name="speech" />
        {say("other.words")}
      </button>
      <Go onClick={onBack}>{at >= 0 && at < last ? say("back.to", { n: at + 1 }) : say("back.list")}</Go>
    </div>
  );
}
