// Why somebody must go, why this officer, who the resident is, and what happened at this door before.
import type { ComponentChildren } from "preact";
import { Icon } from "../../../shared/parts/icon";
import { dayOf } from "../../../shared/words/format";
import { now } from "../../data/disk/store";
import type { View } from "../../domain/work/view";
import { say as sayAlarm, scamName, scamSentence } from "../../words/alarm";
import { say } from "../../words/assignment";
import { resultWord } from "../../words/work";

export function Why({ view }: { view: View }) {
  const { case: about, reasons } = view.assignment;
  return (
    <>
      {about.reasons.length > 0 && (
        <section>
          <h2 class="h hgap">{say(`why.${about.risk}`)}</h2>
          <ul class="why">
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
      {reasons.length > 0 && (
        <details>
          <summary class="fold">{say("why.you")}</summary>
          <ul class="second">
            {reasons.map((reason, place) => (
              <li key={place}>{reason.text}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

export function Resident({ view }: { view: View }) {
  const { birth_year, dialect, earlier_victim, lives_alone } = view.assignment.resident;
  const facts: ComponentChildren[] = [];
  if (birth_year !== null) facts.push(say("age", { n: Number(dayOf(now.value).slice(0, 4)) - birth_year }));
  if (lives_alone) facts.push(say("alone"));
  if (earlier_victim) facts.push(<b class="warn">{say("earlier_victim")}</b>);
  if (dialect) facts.push(say("dialect", { name: dialect }));
  if (facts.length === 0) return null;
  return (
    <section>
      <h2 class="h hgap">{say("resident")}</h2>
      <ul class="row row--wrap">
        {facts.map((fact, place) => (
          <li key={place} class="tag fact">
            {fact}
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
                  dayOf(visit.at),
                  say(visit.met ? "met" : "met.no"),
                  scamName(visit.scam_type, visit.scam_type),
                  visit.by,
                ].join(" · ")}
              </p>
            </div>
          </div>
        ))}
      </div>
    </section>
  );
}
