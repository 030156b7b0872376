// An optional signature, written with a finger; kept after every stroke, so that leaving costs nothing.
import { useRef, useState } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import { photos } from "../../data/disk/store";
import { dropPhoto } from "../../data/outbox/acts";
import { awaited, PhotoError, type PhotoFault, takeSignature } from "../../data/outbox/photos";
import { say } from "../../words/record";
import { buzz } from "../frame/haptics";
import { useBlobAddress } from "./photo-grid";

interface SignatureProps {
  assignment: string;
  id: string; // empty without one
  change: (id: string) => void;
}

/** Keeping and forgetting a signature, one after the other: a stroke may come while the last one is still written. */
function useKeeping({ assignment, id, change }: SignatureProps) {
  const [fault, setFault] = useState<PhotoFault | null>(null);
  const held = useRef(id);
  if (held.current === "") held.current = id; // one that the form took in again
  const queue = useRef(Promise.resolve());

  const forget = async (): Promise<void> => {
    const before = held.current;
    if (before) await dropPhoto(before);
    held.current = "";
    change("");
  };
  const keep = async (canvas: HTMLCanvasElement): Promise<void> => {
    try {
      const before = held.current;
      held.current = (await takeSignature(canvas, assignment)).uuid;
      change(held.current);
      setFault(null);
      if (before) await dropPhoto(before);
    } catch (error) {
      if (!(error instanceof PhotoError)) throw error;
      setFault(error.why);
    }
  };
  // One that fails holds up none after it; the frame of the screen says it.
  const inTurn = (work: () => Promise<void>): void => {
    queue.current = awaited(queue.current.then(work).catch(buzz));
  };
  const keepSoon = (canvas: HTMLCanvasElement): void => inTurn(() => keep(canvas));
  return { fault, keep: keepSoon, forget: () => inTurn(forget) };
}

/** The signature of a form: how it stands, whether the pad is open, and what its strokes do. */
export function useSignature(props: SignatureProps) {
  const [open, setOpen] = useState(false);
  const kept = useKeeping(props);
  const photo = photos.value.find((one) => one.uuid === props.id) ?? null;
  return { ...kept, open, setOpen, photo };
}

/** A tile beside the photos: it opens the pad, and shows what was signed. */
export function SignatureTile({ signature }: { signature: ReturnType<typeof useSignature> }) {
  const { photo, open, setOpen, forget } = signature;
  const address = useBlobAddress(photo?.blob ?? null);
  if (photo && !open) {
    return (
      <figure class="thumb">
        <img class="signed" src={address} alt={say("signature.kept")} />
        <button class="thumb__drop" type="button" aria-label={say("signature.remove")} onClick={forget}>
          <Icon name="close" />
        </button>
      </figure>
    );
  }
  return (
    <button type="button" aria-expanded={open} aria-label={say("signature")} onClick={() => setOpen(!open)}>
      <Icon name="pen" />
      {say("signature.open")}
    </button>
  );
}
