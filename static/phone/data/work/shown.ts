// The device receipt: sent once for each assignment, when its card was really painted on a visible screen.
import type { View } from "../../domain/work/view";
import { perform } from "../outbox/acts";

const said = new Set<string>(); // on its way to disk: a second paint must not say it again

/** Call back after the present content was painted; waits while the page is hidden. Returns a function that cancels. */
export function whenPainted(call: () => void): () => void {
  let frame = 0;
  const wait = (): void => {
    cancelAnimationFrame(frame);
    if (document.visibilityState !== "visible") return;
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (document.visibilityState !== "visible") return;
        stop();
        call();
      });
    });
  };
  const stop = (): void => {
    cancelAnimationFrame(frame);
    document.removeEventListener("visibilitychange", wait);
  };
  document.addEventListener("visibilitychange", wait);
  wait();
  return stop;
}

/** Whether the server still waits to hear that this phone has shown the assignment. */
export function owesReceipt(view: View): boolean {
  return view.status === "assigned" && !view.shown && !said.has(view.assignment.id);
}

/** Say that the card has been shown, once. */
export async function sayShown(view: View): Promise<void> {
  if (!owesReceipt(view)) return;
  const { id, resident } = view.assignment;
  said.add(id);
  try {
    await perform("receipt", { assignment: id, label: resident.short_name });
  } catch {
    said.delete(id);
  }
}
