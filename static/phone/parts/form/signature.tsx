// An optional signature, written with a finger; kept after every stroke, so that leaving costs nothing.
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import { photos } from "../../data/disk/store";
import { dropPhoto } from "../../data/outbox/acts";
import { PhotoError, type PhotoFault, takeSignature } from "../../data/outbox/photos";
import { say } from "../../words/record";
import { useBlobAddress } from "./photo-grid";
import { Field } from "./pick";

const WIDE = 960;
const HIGH = 320; // pixels of the picture; the pad shows it smaller
const PEN = 5;

interface SignatureProps {
  assignment: string;
  id: string; // empty without one
  change: (id: string) => void;
}

export function Signature({ assignment, id, change }: SignatureProps) {
  const [open, setOpen] = useState(false);
  const [fault, setFault] = useState<PhotoFault | null>(null);
  const held = useRef(id);
  const queue = useRef(Promise.resolve());
  const photo = photos.value.find((one) => one.uuid === id) ?? null;
  const address = useBlobAddress(photo?.blob ?? null);

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
      setFault(error.fault);
    }
  };
  const inTurn = (work: () => Promise<void>): void => {
    queue.current = queue.current.then(work);
  };
  return (
    <Field legend={say("signature")} hint={say("signature.hint")}>
      {open ? (
        <Pad
          stroke={(canvas) => inTurn(() => keep(canvas))}
          clear={() => inTurn(forget)}
          close={() => setOpen(false)}
        />
      ) : (
        <div class="row row--wrap">
          {photo && <img class="signed" src={address} alt={say("signature.kept")} />}
          <button class="btn" type="button" onClick={() => setOpen(true)}>
            <Icon name="pen" />
            {say(photo ? "signature.clear" : "signature.open")}
          </button>
          {photo && (
            <button class="btn btn--plain" type="button" onClick={() => inTurn(forget)}>
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

interface PadProps {
  stroke: (canvas: HTMLCanvasElement) => void;
  clear: () => void;
  close: () => void;
}

function Pad({ stroke, clear, close }: PadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const writing = useRef(false);
  const pen = (): CanvasRenderingContext2D | null => canvas.current?.getContext("2d") ?? null;

  const paper = (): void => {
    const ink = pen();
    if (!ink) return;
    ink.fillStyle = "#fff"; // a picture of its own: white in every theme
    ink.fillRect(0, 0, WIDE, HIGH);
  };
  useEffect(paper, []);
  const place = (event: PointerEvent): [number, number] => {
    const box = canvas.current?.getBoundingClientRect();
    if (!box) return [0, 0];
    return [((event.clientX - box.left) / box.width) * WIDE, ((event.clientY - box.top) / box.height) * HIGH];
  };
  const begin = (event: PointerEvent): void => {
    const ink = pen();
    if (!ink) return;
    canvas.current?.setPointerCapture(event.pointerId);
    writing.current = true;
    Object.assign(ink, { lineWidth: PEN, lineCap: "round", lineJoin: "round", strokeStyle: "#0b1018" });
    ink.beginPath();
    ink.moveTo(...place(event));
    ink.lineTo(...place(event)); // a tap leaves a dot
    ink.stroke();
  };
  const draw = (event: PointerEvent): void => {
    const ink = pen();
    if (!ink || !writing.current) return;
    ink.lineTo(...place(event));
    ink.stroke();
  };
  const end = (): void => {
    if (writing.current && canvas.current) stroke(canvas.current);
    writing.current = false;
  };
  const wipe = (): void => {
    paper();
    clear();
  };
  return (
    <>
      <canvas
        class="pad"
        ref={canvas}
        width={WIDE}
        height={HIGH}
        role="img"
        aria-label={say("signature.pad")}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <div class="row row--wrap">
        <button class="btn" type="button" onClick={wipe}>
          {say("signature.clear")}
        </button>
        <button class="btn" type="button" onClick={close}>
          {say("signature.close")}
        </button>
      </div>
    </>
  );
}
