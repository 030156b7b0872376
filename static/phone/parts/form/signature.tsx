// An optional signature, written with a finger; kept after every stroke, so that leaving costs nothing.
import { useRef, useState } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import { photos } from "../../data/disk/store";
import { dropPhoto } from "../../data/outbox/acts";
import { PhotoError, type PhotoFault, takeSignature } from "../../data/outbox/photos";
import { say } from "../../words/record";
import { useBlobAddress } from "./photo-grid";
import { Field } from "./pick";
import { Pad } from "./signature-pad";

interface SignatureProps {
  assignment: string;
  id: string; // empty without one
  change: (id: string) => void;
}

/** Keeping and forgetting a signature, one after the other: a stroke may come while the last one is still written. */
function useKeeping({ assignment, id, change }: SignatureProps) {
  const [fault, setFault] = useState<PhotoFault | null>(null);
  const held = useRef(id);
  const queue = useRef(Promise.resolve());

  const forget = async (): Promise<void> => {
    const before = held.current;
    held.current = "";
    change("");
    if (before) await dropPhoto(before);
  };
  const keep = async (canvas: HTMLCanvasElement): Promise<void> => {
    try {
      const before = held.current;
      held.current = (await takeSignature(canvas, assignment)).uuid;
      change(held.current);
      if (before) await dropPhoto(before);
    } catch (error) {
      if (!(error instanceof PhotoError)) throw error;
      setFault(error.why);
    }
  };
  const inTurn = (work: () => Promise<void>): void => {
    queue.current = queue.current.then(work);
  };
  const keepSoon = (canvas: HTMLCanvasElement): void => inTurn(() => keep(canvas));
  return { fault, keep: keepSoon, forget: () => inTurn(forget) };
}

export function Signature(props: SignatureProps) {
  const [open, setOpen] = useState(false);
  const { fault, keep, forget } = useKeeping(props);
  const photo = photos.value.find((one) => one.uuid === props.id) ?? null;
  const address = useBlobAddress(photo?.blob ?? null);
  return (
    <Field legend={say("signature")} hint={say("signature.hint")}>
      {open ? (
        <Pad stroke={keep} clear={forget} close={() => setOpen(false)} />
      ) : (
        <div class="row row--wrap">
          {photo && <img class="signed" src={address} alt={say("signature.kept")} />}
          <button class="btn" type="button" onClick={() => setOpen(true)}>
            <Icon name="pen" />
            {say(photo ? "signature.clear" : "signature.open")}
          </button>
          {photo && (
            <button class="btn btn--plain" type="button" onClick={forget}>
              {say("remove")}
            </button>
          )}
        </div>
      )}
      {fault && (
        <p class="ask" role="alert">
          {say(`photo.${fault}`)}
        </p>
      )}
    </Field>
  );
}
