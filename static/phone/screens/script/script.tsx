// What to say: at a visit in the version that it began with, or any script for reading.
import { useEffect, useState } from "preact/hooks";
import "./script.css";
import { language } from "../../../shared/words/say";
import { views } from "../../data/disk/store";
import { scripts, type Script as Words } from "../../data/work/scripts";
import { notePlace, talkOf } from "../../data/work/steps";
import { hasFamily, scriptBy, scriptOfVisit } from "../../data/work/visit-script";
import type { View } from "../../domain/work/view";
import { Go, Note, Screen } from "../../parts/frame/frame";
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

function AtVisit({ view }: { view: View }) {
  const { assignment } = view;
  const { scam_type } = assignment.case;
  const spoken = language.value;
  const known = scripts.value;
  const [place, setPlace] = useState<{ at: number; family: boolean } | null>(null);
  const [script, setScript] = useState<Words | null | "reading">("reading");
  useEffect(() => {
    void talkOf(assignment.id).then(setPlace);
  }, []);
  const family = place?.family ?? false;
  useEffect(() => {
    let over = false;
    if (place === null) return;
    void scriptOfVisit(assignment.id, scam_type, family ? "family" : "resident", spoken).then((found) => {
      if (!over) setScript(found);
    });
    return () => {
      over = true;
    };
  }, [place === null, family, spoken, scam_type, known]);

  const back = `/app/visit/${assignment.id}`;
  if (script === "reading" || place === null)
    return (
      <Screen title={say("title")} back={back}>
        {null}
      </Screen>
    );
  if (script === null) return <Gone word="none" href={back} to="to.work" />;
  const go = (next: { at: number; family: boolean }): void => {
    setPlace(next);
    void notePlace(assignment.id, next.at, next.family);
  };
  const first = assignment.contacts.find((contact) => contact.phone !== "");
  return (
    <Talk
      script={script}
      visit={assignment.id}
      name={assignment.resident.short_name}
      back={back}
      at={Math.min(place.at, script.steps.length)}
      onAt={(at) => go({ at, family })}
      family={hasFamily(scam_type) ? { on: family, choose: (on) => go({ at: -1, family: on }) } : null}
      contact={first ? { who: first.relation || first.name, phone: first.phone } : null}
    />
  );
}
