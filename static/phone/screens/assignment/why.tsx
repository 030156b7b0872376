// Why somebody must go, why this officer, who the resident is, and what happened at this door before.
import type { ComponentChildren } from "preact";
import { Icon } from "../../../shared/parts/icon";
import { fact } from "../../../shared/words/facts";
import { date, dayOf, far, isHere, whereabouts } from "../../../shared/words/format";
import { isChinese } from "../../../shared/words/say";
import { fix, now, work } from "../../data/disk/store";
import { bearingTo } from "../../domain/work/place";
import type { View } from "../../domain/work/view";
import { Name } from "../../parts/work/name";
import { say as sayAlarm, scamName, scamSentence } from "../../words/alarm";
import { say } from "../../words/assignment";
import { resultWord } from "../../words/work";

export function Why({ view }: { view: View }) {
  const { case: about } = view.assignment;
  return (
    <>
      {about.reasons.length > 0 && (
        <section>
          <h2 class="h hgap">{say(`why.${about.risk}`)}</h2>
          <ul class={`why why--${about.risk}`}>
            {about.reasons.map((reason, place) => (
              <li key={place}>
                <Icon name="bolt" />
                <span>{reason.text}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2 class="h hgap">{say("told")}</h2>
        <p>
          <b>{scamName(about.scam_type, about.scam_name)}</b>
          {scamSentence(about.scam_type) && sayAlarm("colon") + scamSentence(about.scam_type)}
        </p>
      </section>
      <WhyYou view={view} />
    </>
  );
}

// How the phone stood when its officer was chosen: no reason for them, and soon not true any more.
const OF_THAT_MOMENT = ["position_stale", "position_unknown", "silent"];

function WhyYou({ view }: { view: View }) {
  const reasons = view.assignment.reasons.filter(({ code }) => !OF_THAT_MOMENT.includes(code));
  if (reasons.length === 0) return null;
  return (
    <details>
      <summary class="fold">{say("why.you")}</summary>
      <ul class="second">
        {reasons.map((reason, place) => (
          <li key={place}>{whyWords(view, reason)}</li>
        ))}
      </ul>
    </details>
  );
}

type Reason = View["assignment"]["reasons"][number];

/** A reason in the server's words, where this page does not know better. */
function whyWords(view: View, { code, text, params = {} }: Reason): string {
  if (code === "near") return nearness(view, params["km"] ?? "");
  return code === "speaks_dialect" ? say("why.dialect", { name: dialectWord(String(params["dialect"])) }) : text;
}

/** A dialect with what it is in English before its own name. */
function dialectWord(name: string): string {
  const reading = work.value?.readings?.[name];
  return reading && !isChinese() ? `${reading} ${name}` : name;
}

/** How far it is, reckoned from the officer as everywhere on the page; without a position what it was at that moment. */
function nearness({ assignment }: View, km: string | number | boolean): string {
  const way = bearingTo(assignment.place, fix.value);
  if (!way) return say("why.near.then", { m: far(1000 * Number(km)) });
  return isHere(way.metres) ? fact("here") : say("why.near", { where: whereabouts(way) });
}

export function Resident({ view }: { view: View }) {
  const { birth_year, dialect, earlier_victim, lives_alone } = view.assignment.resident;
  const facts: ComponentChildren[] = [];
  if (birth_year !== null) facts.push(say("age", { n: Number(dayOf(now.value).slice(0, 4)) - birth_year }));
  if (lives_alone) facts.push(say("alone"));
  if (earlier_victim) facts.push(<b class="warn">{say("earlier_victim")}</b>);
  if (dialect) facts.push(say("dialect", { name: dialectWord(dialect) }));
  if (facts.length === 0) return null;
  return (
    <section>
      <h2 class="h hgap">{say("resident")}</h2>
      <ul class="row row--wrap">
        {facts.map((words, place) => (
          <li key={place} class="tag fact">
            {words}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Before({ view }: { view: View }) {
  const { visits, warnings } = view.assignment.history;
  const facts = [
    warnings > 0 ? say("before.warnings", { n: warnings }) : "",
    visits.length > 0 ? say("before.visits", { n: visits.length }) : say("before.never"),
  ];
  return (
    <section>
      <h2 class="h hgap">{say("before")}</h2>
      <div class="card card--none">
        <p class="line">
          <Icon name="house" />
          <span>{facts.filter(Boolean).join(" · ")}</span>
        </p>
        {visits.map((visit) => (
          <div key={visit.at} class="line">
            <div class="grow">
              <p>{resultWord(visit.disposition)}</p>
              <p class="hint">
                {[
                  date(visit.at, now.value),
                  say(visit.met ? "met" : "met.no"),
                  scamName(visit.scam_type, visit.scam_type),
                ].join(" · ")}
                {" · "}
                <Name of={visit.by} />
              </p>
            </div>
          </div>
        ))}
      </div>
    </section>
  );
}
