// What a check-in says beside a position: why by hand, who came along, a photo where the position is coarse.
import { LIMITS } from "../../../shared/server/generated";
import { type Arrival, REASONS } from "../../domain/visit/arrival";
import { PhotoGrid } from "../../parts/form/photo-grid";
import { Field } from "../../parts/form/pick";
import { Reasons } from "../../parts/form/reasons";
import { Chip } from "../../parts/frame/frame";
import { say } from "../../words/check-in";

interface ArrivalProps {
  form: Arrival;
  change: (next: (form: Arrival) => Arrival) => void;
}

export function ManualReasons({ form, change, far }: ArrivalProps & { far: boolean }) {
  return (
    <Field legend={say(far ? "why.far" : "why")}>
      <Reasons
        of={REASONS}
        form={form}
        change={change}
        word={(code) => say(`why.${code}`)}
        own={say("why.words")}
        most={120}
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
