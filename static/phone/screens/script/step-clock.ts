// Keeps the seconds that a page of the script was in sight, in silence: nobody should read figures at a door.
import { useEffect } from "preact/hooks";
import { noteStep } from "../../data/work/steps";

const WORTH_S = 1;

/** Count while the page is in sight; noted when one goes on, leaves, or the screen goes dark. Null counts nothing. */
export function useStepClock(assignment: string | null, key: string | null, objection: string | null): void {
  useEffect(() => {
    if (assignment === null || key === null) return;
    let begun: number | null = document.visibilityState === "visible" ? Date.now() : null;
    const stop = (): void => {
      const seconds = begun === null ? 0 : (Date.now() - begun) / 1000;
      begun = null;
      if (seconds >= WORTH_S) void noteStep(assignment, { key, seconds, ...(objection ? { objection } : {}) });
    };
    const turned = (): void => {
      if (document.visibilityState === "visible") begun ??= Date.now();
      else stop();
    };
    document.addEventListener("visibilitychange", turned);
    return () => {
      document.removeEventListener("visibilitychange", turned);
      stop();
    };
  }, [assignment, key, objection]);
}
