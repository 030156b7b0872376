// Whether the screen has room for the worklist beside a case: a tablet, a desk machine, not a phone on its side.
import { signal } from "@preact/signals";
import { isWriting } from "../../../shared/lib/writing";

const room = matchMedia("(min-width: 700px) and (min-height: 481px)");

export const isWide = signal(room.matches);

const KEYBOARD_MS = 500; // until a keyboard has gone after its field

/** A keyboard makes the screen low: the panes stay while somebody writes, or the field would go with its pane. */
function look(): void {
  if (!isWriting()) isWide.value = room.matches;
}

room.addEventListener("change", look);
addEventListener("focusout", () => setTimeout(look, KEYBOARD_MS));
