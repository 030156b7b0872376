// All published scripts, by scam type, one's own language first: they are on the phone before they are needed.
import "../script/script.css";
import { Icon } from "../../../shared/parts/icon";
import { SCAM_TYPES, type ScamType } from "../../../shared/server/names";
import { named } from "../../../shared/words/named";
import { isChinese, language } from "../../../shared/words/say";
import { type Script, scripts, scriptsMissing } from "../../data/work/scripts";
import { Note, Screen } from "../../parts/frame/frame";
import { sayScript as say } from "../../words/scripts";

const LAST = "other"; // the general one stands at the end

function scamName(type: string): string {
  const names = SCAM_TYPES[type as ScamType];
  return names ? named(names) : type;
}

function byType(all: readonly Script[]): [string, Script[]][] {
  const groups = new Map<string, Script[]>();
  for (const script of all) groups.set(script.scam_type, [...(groups.get(script.scam_type) ?? []), script]);
  const rank = (type: string): number => (type === LAST ? 1 : 0);
  return [...groups].sort(
    ([a], [b]) => rank(a) - rank(b) || scamName(a).localeCompare(scamName(b), isChinese() ? "zh" : "en"),
  );
}

export function Scripts() {
  const all = scripts.value;
  const own = all.filter((script) => script.language === language.value);
  const others = all.filter((script) => script.language !== language.value);
  const missing = scriptsMissing.value;
  return (
    <Screen
      title={say("title")}
      tab="scripts"
      head={
        all.length > 0 && <span class="muted t2">{say("count", { n: (own.length > 0 ? own : others).length })}</span>
      }
    >
      {all.length === 0 && <Note tone="calm">{say("none")}</Note>}
      {missing > 0 && <Note>{say("missing", { n: missing })}</Note>}
      <List scripts={own} />
      {others.length > 0 && (
        <details open={own.length === 0}>
          <summary class="fold">{say("other.language")}</summary>
          <List scripts={others} />
        </details>
      )}
    </Screen>
  );
}

function List({ scripts: listed }: { scripts: readonly Script[] }) {
  return (
    <>
      {byType(listed).map(([type, group]) => (
        <section key={type} class="stack stack--m">
          <div class="group">
            <h2>{scamName(type)}</h2>
          </div>
          <div class="card card--none">
            {[...group]
              .sort((a, b) => b.audience.localeCompare(a.audience))
              .map((script) => (
                <a
                  key={script.sha256}
                  class="line"
                  href={`/app/scripts/${script.sha256}`}
                  lang={script.language === "en" ? "en" : "zh-CN"}
                >
                  <Icon name={script.audience === "family" ? "people" : "person"} />
                  <p class="grow m">{say(script.audience === "family" ? "family" : "resident")}</p>
                  <Icon name="next" />
                </a>
              ))}
          </div>
        </section>
      ))}
    </>
  );
}
