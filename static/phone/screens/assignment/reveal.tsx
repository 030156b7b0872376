// A name and a number, in a sheet of their own: asked for first where looking is recorded, and gone again by themselves.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import { Sheet } from "../../../shared/parts/sheet";
import { asAct } from "../../../shared/parts/taps";
import { ticking } from "../../data/disk/store";
import { useOneAtATime } from "../../parts/frame/busy";
import { Stuck } from "../../parts/frame/frame";
import { buzz, tick } from "../../parts/frame/haptics";
import { say } from "../../words/assignment";

const SHOWN_S = 30; // time to read it out or to type it, not to leave it lying open

export interface Revealed {
  title: string;
  words: ComponentChildren; // the name and the number
  /** Keep on disk that somebody looked; nothing where that is nobody's business. Rejects where the phone could not. */
  note: (() => Promise<unknown>) | null;
}

export function Reveal({ title, words, note, onClose }: Revealed & { onClose: () => void }) {
  const [open, setOpen] = useState(note === null);
  return (
    <Sheet title={title} onClose={onClose}>
      <div class="stack reveal">
        {open || note === null ? (
          <Open words={words} onClose={onClose} />
        ) : (
          <Ask note={note} onOpen={() => setOpen(true)} />
        )}
      </div>
    </Sheet>
  );
}

function Ask({ note, onOpen }: { note: () => Promise<unknown>; onOpen: () => void }) {
  const inTurn = useOneAtATime();
  const look = async (): Promise<void> => {
    try {
      await note();
      tick();
      onOpen();
    } catch {
      buzz();
    }
  };
  return (
    <>
      <p>{say("reveal.ask")}</p>
      <Stuck />
      <button class="btn btn--go btn--calm" type="button" onClick={() => inTurn(look)}>
        <Icon name="eye" />
        {say("reveal.open")}
      </button>
    </>
  );
}

function Open({ words, onClose }: { words: ComponentChildren; onClose: () => void }) {
  const [until] = useState(() => Date.now() + SHOWN_S * 1000);
  const left = Math.ceil((until - ticking.value) / 1000);
  const over = left <= 0;
  useEffect(() => {
    if (over) onClose();
  }, [over, onClose]);
  return (
    <>
      <p class="person__open" role="status">
        {words}
      </p>
      <p class="hint">{say("reveal.closes", { n: Math.min(SHOWN_S, Math.max(1, left)) })}</p>
      <button class="btn btn--go btn--calm" type="button" onClick={onClose} ref={asAct}>
        {say("reveal.hide")}
      </button>
    </>
  );
}
