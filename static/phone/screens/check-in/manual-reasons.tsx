// What a check-in says beside a position: why by hand, who came along, a photo where the position is coarse.
import { LIMITS } from "../../../shared/server/generated";
import { type Answered, type Arrival, type Question, REASONS } from "../../domain/visit/arrival";
import { PhotoGrid } from "../../parts/form/photo-grid";
import { Field } from "../../parts/form/pick";
import { Reasons } from "../../parts/form/reasons";
import { Chip } from "../../parts/frame/frame";
import { say } from "../../words/check-in";

interface ArrivalProps {
  form: Arrival;
  change: (next: (form: Arrival) => Arrival) => void;
}

export function ManualReasons({ form, change, question }: ArrivalProps & { question: Question }) {
  const answer = (next: (said: Answered) => Answered): void =>
    change((held) => ({ ...held, [question]: next(held[question]) }));
  return (
    <Field legend={say(question === "farAway" ? "why.far" : "why")}>
      <Reasons
        key={question}
        of={REASONS}
        form={form[question]}
        change={answer}
        word={(code) => say(`why.${code}`)}
        own={say("why.words")}
        most={LIMITS.manual_reason}
        className="why-words"
      />
    </Field>
  );
}

export function Proof({ assignment, form, change }: ArrivalProps & { assignment: string }) {
  return (
    <Field legend={say("proof")}>
      <div class="chips">
        <Chip on={form.companion} onClick={() => change((held) => ({ ...held, companion: !held.companion }))}>
          {say("companion")}
        </Chip>
      </div>
      <PhotoGrid
        assignment={assignment}
        ids={form.photos}
        most={LIMITS.arrival_photos}
        add={(id) => change((held) => ({ ...held, photos: [...held.photos, id] }))}
        remove={(id) => change((held) => ({ ...held, photos: held.photos.filter((one) => one !== id) }))}
      />
    </Field>
  );
}
