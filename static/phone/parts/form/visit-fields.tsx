// The fields of a visit's record, in the order in which things are known at a door; used by record and correction.
import { DISPOSITIONS, LIMITS, NEEDS } from "../../../shared/server/generated";
import { date, dayOf } from "../../../shared/words/format";
import { now } from "../../data/disk/store";
import {
  DONE_CHOICES,
  MET_RESULTS,
  NOT_MET_RESULTS,
  TRIED_CHOICES,
  type VisitForm,
  withSums,
} from "../../domain/visit/record";
import { type About, knownSums } from "../../domain/visit/sums";
import { asksSums, sumsOf, toggled, withMet } from "../../domain/visit/visit-form";
import { say } from "../../words/record";
import { Chip } from "../frame/frame";
import { SumsCard } from "../sums/sums";
import { TooLong } from "./counted";
import { Field, Many, One } from "./pick";
import { Pictures } from "./pictures";

const DAY_MS = 24 * 3600_000;
const NOTHING_KNOWN: About = { amount_at_risk: "0", already_transferred: "0" };

interface VisitFieldsProps {
  form: VisitForm;
  change: (next: (form: VisitForm) => VisitForm) => void;
  assignment: string;
  about?: About | undefined; // what the case knows of money
  asks: "met" | "result" | null; // what is said to be missing
}

export function VisitFields({ form, change, assignment, about = NOTHING_KNOWN, asks }: VisitFieldsProps) {
  const put = (part: Partial<VisitForm>): void => change((held) => ({ ...held, ...part }));
  return (
    <>
      <Met form={form} change={change} asks={asks} />
      <Results form={form} put={put} asks={asks} />
      {form.met === false && <Tried form={form} put={put} />}
      {asksSums(form) && (
        <SumsCard
          sums={sumsOf(form)}
          change={(sums) => change((held) => withSums(held, sums))}
          known={knownSums(about, form.result === "money_gone")}
          byPhone={form.met === false}
        />
      )}
      {form.met !== false && <Done form={form} put={put} />}
      <Needs form={form} put={put} />
      <Pictures form={form} change={change} assignment={assignment} />
      <Note form={form} put={put} />
    </>
  );
}

function Met({ form, change, asks }: Pick<VisitFieldsProps, "form" | "change" | "asks">) {
  return (
    <div class="frow" role="group" aria-label={say("met")} id="met" tabIndex={-1}>
      <span class="label">{say("met")}</span>
      <div class="seg">
        <Chip on={form.met === true} onClick={() => change((held) => withMet(held, true))}>
          {say("met.yes")}
        </Chip>
        <Chip on={form.met === false} onClick={() => change((held) => withMet(held, false))}>
          {say("met.no")}
        </Chip>
      </div>
      {asks === "met" && (
        <p class="ask" role="alert">
          {say("met.ask")}
        </p>
      )}
    </div>
  );
}

interface PartProps {
  form: VisitForm;
  put: (part: Partial<VisitForm>) => void;
}

function Tried({ form, put }: PartProps) {
  return (
    <Field legend={say("tried")}>
      <Many
        of={TRIED_CHOICES}
        on={form.tried}
        word={say}
        toggle={(code) => put({ tried: toggled(form.tried, code) })}
      />
    </Field>
  );
}

function Results({ form, put, asks }: PartProps & Pick<VisitFieldsProps, "asks">) {
  if (form.met === null) {
    return (
      <Field legend={say("result")} id="result">
        <div class="roomy">
          <p class="hint">{say("result.first")}</p>
          <div class="room" aria-hidden="true">
            <One of={MET_RESULTS} on={null} word={say} pick={() => undefined} />
          </div>
        </div>
      </Field>
    );
  }
  const offered = form.met ? MET_RESULTS : NOT_MET_RESULTS;
  return (
    <Field legend={say("result")} id="result" ask={asks === "result" && say("result.ask")}>
      <One of={offered} on={form.result} word={say} pick={(result) => put({ result })} />
    </Field>
  );
}

function Done({ form, put }: PartProps) {
  return (
    <Field legend={say("done")}>
      <Many of={DONE_CHOICES} on={form.done} word={say} toggle={(code) => put({ done: toggled(form.done, code) })} />
    </Field>
  );
}

/** What is still to be done, and the day to come back on; where the result brings one by itself, that is said. */
function Needs({ form, put }: PartProps) {
  const [tomorrow, fortnight] = [1, 14].map((days) => dayOf(now.value + days * DAY_MS));
  const own = form.followUp !== "" && form.followUp !== tomorrow && form.followUp !== fortnight;
  const pick = (day = ""): void => put({ followUp: form.followUp === day ? "" : day });
  const byItself = form.result !== null && DISPOSITIONS[form.result].follow_up_days !== null;
  const hint = <span class={byItself && form.followUp === "" ? "" : "room"}>{say("follow.default")}</span>;
  return (
    <Field legend={say("needs")} hint={hint}>
      <Many of={NEEDS} on={form.needs} word={say} toggle={(code) => put({ needs: toggled(form.needs, code) })}>
        <Chip on={form.followUp === tomorrow} onClick={() => pick(tomorrow)}>
          {say("follow.tomorrow")}
        </Chip>
        <Chip on={form.followUp === fortnight} onClick={() => pick(fortnight)}>
          {say("follow.fortnight")}
        </Chip>
        <label class={own ? "chip chip--date is-on" : "chip chip--date"}>
          {own ? say("follow.on", { t: date(`${form.followUp}T00:00+08:00`, now.value) }) : say("follow.pick")}
          <input
            type="date"
            aria-label={say("follow.date")}
            min={dayOf(now.value)}
            max={dayOf(now.value + MOST_DAYS * DAY_MS)}
            value={form.followUp}
            onChange={(event) => put({ followUp: dayIn(event.currentTarget.value) })}
          />
        </label>
      </Many>
    </Field>
  );
}

const MOST_DAYS = 366; // nobody plans a visit further ahead; a year with five digits would hold up the record

function dayIn(value: string): string {
  return /^20\d\d-\d\d-\d\d$/.test(value) ? value : "";
}

const LINE = 18; // letters that stand in one line of the narrowest phone

function Note({ form, put }: PartProps) {
  const lines = form.note.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / LINE), 0);
  return (
    <div class="field">
      <textarea
        class="area"
        aria-label={say("note")}
        rows={Math.min(8, lines)}
        placeholder={say("note.hint")}
        autoCapitalize="sentences"
        enterkeyhint="done"
        value={form.note}
        onInput={(event) => put({ note: event.currentTarget.value })}
      />
      <TooLong text={form.note} most={LIMITS.note} />
    </div>
  );
}
