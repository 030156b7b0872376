// The fields of a visit's record, in the order in which things are known at a door; used by record and correction.
import { DISPOSITIONS, LIMITS, NEEDS } from "../../../shared/server/generated";
import { dayOf } from "../../../shared/words/format";
import { now } from "../../data/disk/store";
import {
  DONE_CHOICES,
  isTouched,
  MET_RESULTS,
  NOT_MET_RESULTS,
  TRIED_CHOICES,
  toggled,
  type VisitForm,
  withMet,
} from "../../domain/visit/visit-form";
import { say } from "../../words/record";
import { Chip } from "../frame/frame";
import { Amounts } from "./amount-field";
import { PhotoGrid } from "./photo-grid";
import { Field, Many, One } from "./pick";
import { Signature } from "./signature";

const MOST_PHOTOS = LIMITS.photos - 1; // one of them is the signature
const DAY_MS = 24 * 3600_000;

interface VisitFieldsProps {
  form: VisitForm;
  change: (next: (form: VisitForm) => VisitForm) => void;
  assignment: string;
  asks: "met" | "result" | null; // what is said to be missing
}

export function VisitFields({ form, change, assignment, asks }: VisitFieldsProps) {
  const put = (part: Partial<VisitForm>): void => change((held) => ({ ...held, ...part }));
  return (
    <>
      <Field legend={say("met")} id="met" ask={asks === "met" && say("met.ask")}>
        <div class="seg">
          <Chip on={form.met === true} onClick={() => change((held) => withMet(held, true))}>
            {say("met.yes")}
          </Chip>
          <Chip on={form.met === false} onClick={() => change((held) => withMet(held, false))}>
            {say("met.no")}
          </Chip>
        </div>
      </Field>
      <Results form={form} put={put} asks={asks} />
      {form.met === false ? <Tried form={form} put={put} /> : <Dissuaded form={form} put={put} />}
      <Field legend={say("needs")}>
        <Many of={NEEDS} on={form.needs} word={say} toggle={(code) => put({ needs: toggled(form.needs, code) })} />
      </Field>
      <FollowUp form={form} put={put} />
      <Field legend={say("photos")} hint={say("photos.hint")}>
        <PhotoGrid
          assignment={assignment}
          ids={form.photos}
          most={MOST_PHOTOS}
          add={(id) => change((held) => ({ ...held, photos: [...held.photos, id] }))}
          remove={(id) => change((held) => ({ ...held, photos: held.photos.filter((one) => one !== id) }))}
        />
      </Field>
      <Note form={form} put={put} />
      {form.met !== false && (
        <Signature assignment={assignment} id={form.signature} change={(signature) => put({ signature })} />
      )}
    </>
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

function Dissuaded({ form, put }: PartProps) {
  return (
    <>
      <Amounts meaning="kept" rows={form.kept} change={(kept) => put({ kept })} />
      <Amounts meaning="lost" rows={form.lost} change={(lost) => put({ lost })} />
      <Field legend={say("done")}>
        <Many of={DONE_CHOICES} on={form.done} word={say} toggle={(code) => put({ done: toggled(form.done, code) })} />
      </Field>
    </>
  );
}

function Note({ form, put }: PartProps) {
  return (
    <label class="field">
      <span class="label">
        {say("note")} <span class="hint">{say("note.hint")}</span>
      </span>
      <textarea
        class="area"
        rows={isTouched(form) && form.note.length > 60 ? 5 : 2}
        maxLength={3800}
        autoCapitalize="sentences"
        enterkeyhint="done"
        value={form.note}
        onInput={(event) => put({ note: event.currentTarget.value })}
      />
    </label>
  );
}

function Results({ form, put, asks }: PartProps & Pick<VisitFieldsProps, "asks">) {
  if (form.met === null) {
    return (
      <Field legend={say("result")} id="result">
        <p class="hint">{say("result.first")}</p>
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

/** A day to come back on; where the result brings one by itself, that is said. */
function FollowUp({ form, put }: PartProps) {
  const tomorrow = dayOf(now.value + DAY_MS);
  const fortnight = dayOf(now.value + 14 * DAY_MS);
  const own = form.followUp !== "" && form.followUp !== tomorrow && form.followUp !== fortnight;
  const pick = (day: string): void => put({ followUp: form.followUp === day ? "" : day });
  const byItself = form.result !== null && DISPOSITIONS[form.result].follow_up_days !== null;
  return (
    <Field legend={say("follow")}>
      <div class="chips">
        <Chip on={form.followUp === tomorrow} onClick={() => pick(tomorrow)}>
          {say("follow.tomorrow")}
        </Chip>
        <Chip on={form.followUp === fortnight} onClick={() => pick(fortnight)}>
          {say("follow.fortnight")}
        </Chip>
        <label class={own ? "chip chip--date is-on" : "chip chip--date"}>
          {own ? say("follow.on", { t: form.followUp.slice(5) }) : say("follow.pick")}
          <input
            type="date"
            aria-label={say("follow.date")}
            min={dayOf(now.value)}
            value={form.followUp}
            onChange={(event) => put({ followUp: event.currentTarget.value })}
          />
        </label>
      </div>
      {byItself && form.followUp === "" && <p class="hint">{say("follow.default")}</p>}
    </Field>
  );
}
