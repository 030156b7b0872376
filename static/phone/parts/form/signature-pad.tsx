// The pad that a resident signs on with a finger.
import { useRef } from "preact/hooks";
import { useOnce } from "../../../shared/parts/once";
import { say } from "../../words/record";

const WIDE = 960;
const HIGH = 320; // pixels of the picture; the pad shows it smaller
const PEN = 5;

interface PadProps {
  stroke: (canvas: HTMLCanvasElement) => void;
  clear: () => void;
  close: () => void;
}

export function Pad({ stroke, clear, close }: PadProps) {
  const { canvas, paper, begin, draw, end } = usePen(stroke);
  useOnce(paper);
  useOnce(() => canvas.current?.scrollIntoView({ block: "center" })); // not below the dock
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

/** Where on the picture a finger is. */
function place(canvas: HTMLCanvasElement | null, event: PointerEvent): [number, number] {
  const box = canvas?.getBoundingClientRect();
  if (!box) return [0, 0];
  return [((event.clientX - box.left) / box.width) * WIDE, ((event.clientY - box.top) / box.height) * HIGH];
}

function usePen(stroke: PadProps["stroke"]) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const writing = useRef(false);
  const pen = (): CanvasRenderingContext2D | null => canvas.current?.getContext("2d") ?? null;

  const paper = (): void => {
    const ink = pen();
    if (!ink) return;
    ink.fillStyle = "#fff"; // a picture of its own: white in every theme
    ink.fillRect(0, 0, WIDE, HIGH);
  };
  const begin = (event: PointerEvent): void => {
    const ink = pen();
    if (!ink) return;
    canvas.current?.setPointerCapture(event.pointerId);
    writing.current = true;
    Object.assign(ink, { lineWidth: PEN, lineCap: "round", lineJoin: "round", strokeStyle: "#0b1018" });
    ink.beginPath();
    ink.moveTo(...place(canvas.current, event));
    ink.lineTo(...place(canvas.current, event)); // a tap leaves a dot
    ink.stroke();
  };
  const draw = (event: PointerEvent): void => {
    const ink = pen();
    if (!ink || !writing.current) return;
    ink.lineTo(...place(canvas.current, event));
    ink.stroke();
  };
  const end = (): void => {
    if (writing.current && canvas.current) stroke(canvas.current);
    writing.current = false;
  };
  return { canvas, paper, begin, draw, end };
}
