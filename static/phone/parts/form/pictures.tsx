// Photos of a visit and the signature, in one row of tiles; the pad opens below it.
import { LIMITS } from "../../../shared/server/generated";
import type { VisitForm } from "../../domain/visit/record";
import { say } from "../../words/record";
import { PhotoGrid } from "./photo-grid";
import { SignatureTile, useSignature } from "./signature";
import { Pad } from "./signature-pad";

const MOST_PHOTOS = LIMITS.photos - 1; // one of them is the signature

interface PicturesProps {
  form: VisitForm;
  change: (next: (form: VisitForm) => VisitForm) => void;
  assignment: string;
}

export function Pictures({ form, change, assignment }: PicturesProps) {
  const signature = useSignature({
    assignment,
    id: form.signature,
    change: (id) => change((held) => ({ ...held, signature: id })),
  });
  const asksSignature = form.met !== false; // nobody who was not met signs
  return (
    <section class="field" aria-label={say("photos")}>
      <PhotoGrid
        assignment={assignment}
        ids={form.photos}
        most={MOST_PHOTOS}
        add={(id) => change((held) => ({ ...held, photos: [...held.photos, id] }))}
        remove={(id) => change((held) => ({ ...held, photos: held.photos.filter((one) => one !== id) }))}
      >
        {asksSignature && <SignatureTile signature={signature} />}
      </PhotoGrid>
      {asksSignature && signature.open && (
        <Pad stroke={signature.keep} clear={signature.forget} close={() => signature.setOpen(false)} />
      )}
      {asksSignature && signature.fault && (
        <p class="ask" role="alert">
          {say(`photo.${signature.fault}`)}
        </p>
      )}
      <p class="hint">{say("photos.hint")}</p>
    </section>
  );
}
