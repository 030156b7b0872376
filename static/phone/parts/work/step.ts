// The one big next step: what it is called, what it looks like, and what a tap on it does.
import { useLocation } from "preact-iso";
import type { IconName } from "../../../shared/parts/icon";
import { forWire } from "../../data/device/position";
import { fix } from "../../data/disk/store";
import { perform } from "../../data/outbox/acts";
import { nextStep, type View } from "../../domain/work/view";
import { useOneAtATime } from "../frame/busy";
import { buzz, tick } from "../frame/haptics";

export const STEP_ICONS: Record<ReturnType<typeof nextStep>, IconName> = {
  acknowledge: "check",
  depart: "nav",
  arrive: "pin",
  visit: "pen",
};

/** The card of an assignment, or a screen below it. */
export function cardOf(view: View, below?: "arrive" | "record" | "script"): string {
  const card = `/app/visit/${view.assignment.id}`;
  return below ? `${card}/${below}` : card;
}

/** Where the next step leads, where it is a screen of its own. */
export function stepHref(view: View): string | null {
  const step = nextStep(view);
  if (step === "arrive") return cardOf(view, "arrive");
  return step === "visit" ? cardOf(view, "record") : null;
}

/** Keep the next step of `view` on disk (acknowledge, depart). Throws where the phone could not. */
export async function takeStep(view: View): Promise<void> {
  const step = nextStep(view);
  if (step === "arrive" || step === "visit") return;
  const { id, resident } = view.assignment;
  const payload = step === "depart" && fix.value ? { position: forWire(fix.value) } : {};
  await perform(step, { assignment: id, label: resident.short_name, payload });
  tick();
}

/** A tap on the next step: on disk, then on the card. Where the phone could not keep it, the frame of the screen says so. */
export function useStep(): (view: View) => void {
  const { route, path } = useLocation();
  const inTurn = useOneAtATime();
  const take = async (view: View): Promise<void> => {
    await takeStep(view);
    if (path !== cardOf(view)) route(cardOf(view));
  };
  return (view) => inTurn(() => take(view).catch(buzz));
}
