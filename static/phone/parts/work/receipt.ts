// Watches whether a card is really in sight, and then says so to the server, once.
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { owesReceipt, sayShown, whenPainted } from "../../data/work/shown";
import type { View } from "../../domain/work/view";

const PART_IN_SIGHT = 0.5;

/** The receipt of the card in `card`; without one, or where the browser can't tell what is in sight, painted is seen. */
export function useReceipt(view: View, card: RefObject<Element | null> | null): void {
  const owes = owesReceipt(view);
  const { id } = view.assignment;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view is a new one at every change, the receipt is for the assignment
  useEffect(() => {
    if (!owes) return undefined;
    const say = (): void => void sayShown(view);
    const element = card?.current ?? null;
    if (!element || typeof IntersectionObserver === "undefined") return whenPainted(say);
    let giveUp = (): void => undefined;
    const watcher = new IntersectionObserver(
      (seen) => {
        giveUp();
        if (seen.some((one) => one.isIntersecting)) giveUp = whenPainted(say);
      },
      { threshold: PART_IN_SIGHT },
    );
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      giveUp();
    };
  }, [id, owes]);
}
