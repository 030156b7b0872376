// What to say: at a visit in the version that it began with, or any script for reading.
import { useEffect, useState } from "preact/hooks";
import "./script.css";
import { language } from "../../../shared/words/say";
import { views } from "../../data/disk/store";
import { scripts, type Script as Words } from "../../data/work/scripts";
import { notePlace, talkOf } from "../../data/work/steps";
import { hasFamily, scriptBy, scriptOfVisit } from "../../data/work/visit-script";
import type { View } from "../../domain/work/view";
import type { Assignment } from "../../domain/work/work";
import { Go, Note, Screen } from "../../parts/frame/frame";
import { relationWord } from "../../words/relations";
import { sayScript as say } from "../../words/scripts";
import { Talk } from "./script-talk";

export function Script({ id, sha256 }: { id?: string; sha256?: string }) {
  if (id === undefined) return <Reading sha256={sha256 ?? ""} />;
  const view = views.value.find((one) => one.assignment.id === id);
  return view ? <AtVisit key={id} view={view} /> : <Gone word="gone.visit" href="/" to="to.work" />;
}

function Gone({
  word,
  href,
  to,
}: {
  word: "gone.visit" | "gone.script" | "none";
  href: string;
  to: "to.work" | "to.scripts";
}) {
  return (
    <Screen title={say("title")} back={href} dock={<Go href={href}>{say(to)}</Go>}>
      <Note tone="calm">{say(word)}</Note>
    </Screen>
  );
}

function Reading({ sha256 }: { sha256: string }) {
  const [at, setAt] = useState(-1);
  const script = scriptBy(sha256);
  if (!script) return <Gone word="gone.script" href="/app/scripts" to="to.scripts" />;
  return <Talk script={script} visit={null} name={say("title")} back="/app/scripts" at={at} onAt={setAt} />;
}

interface Standing {
  at: number;
  family: boolean;
}

/** The words of a visit for whoever listens, in the language that is spoken now; null when there are none. */
function useWords({ id, case: { scam_type } }: Assignment, place: Standing | null): Words | null | "reading" {
  const [script, setScript] = useState<Words | null | "reading">("reading");
  const spoken = language.value;
  const known = scripts.value;
  const audience = place && (place.family ? "family" : "resident");
  // biome-ignore lint/correctness/useExhaustiveDependencies: scripts that have just come are looked through again
  useEffect(() => {
    let over = false;
    if (audience === null) return;
    void scriptOfVisit(id, scam_type, audience, spoken).then((found) => {
      if (!over) setScript(found);
    });
    return () => {
      over = true;
    };
  }, [id, audience, spoken, scam_type, known]);
  return script;
}

/** The first of the family with a number, called by the relation in the language that is spoken. */
export function helperOf({ contacts }: Pick<Assignment, "contacts">): { who: string; phone: string } | null {
  const first = contacts.find((contact) => contact.phone !== "");
  if (!first) return null;
  const relation = relationWord(first.relation).toLowerCase(); // inside a sentence
  return { who: relation || first.name, phone: first.phone };
}

function AtVisit({ view }: { view: View }) {
  const { assignment } = view;
  const [place, setPlace] = useState<Standing | null>(null);
  useEffect(() => {
    void talkOf(assignment.id).then(setPlace);
  }, [assignment.id]);
  const script = useWords(assignment, place);
  const family = place?.family ?? false;
  const back = `/app/visit/${assignment.id}`;
  if (script === "reading" || place === null)
    return (
      <Screen title={say("title")} back={back}>
        {null}
      </Screen>
    );
  if (script === null) return <Gone word="none" href={back} to="to.work" />;
  const go = (next: Standing): void => {
    setPlace(next);
    void notePlace(assignment.id, next.at, next.family);
  };
  return (
    <Talk
      script={script}
      visit={assignment.id}
      name={assignment.resident.short_name}
      back={back}
      at={Math.min(place.at, script.steps.length)}
      onAt={(at) => go({ at, family })}
      family={hasFamily(assignment.case.scam_type) ? { on: family, choose: (on) => go({ at: -1, family: on }) } : null}
      contact={helperOf(assignment)}
    />
  );
}
