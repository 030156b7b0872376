// One act at a time: a second tap while the first one is being written is not heard.
import { useRef } from "preact/hooks";

/** What runs `act` unless another one of this part still runs. */
export function useOneAtATime(): (act: () => Promise<unknown>) => void {
  const busy = useRef(false);
  return (act) => {
    if (busy.current) return;
    busy.current = true;
    void act().finally(() => {
      busy.current = false;
    });
  };
}
