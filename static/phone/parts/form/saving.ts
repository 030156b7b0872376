// The end of a form: what is missing is shown, then it is kept as an act; where that fails the form goes on.
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { tapped } from "../../data/disk/store";
import { photosSettled } from "../../data/outbox/photos";
import { buzz, tick } from "../frame/haptics";
import { show } from "./show-field";

interface Ending {
  missing: string | null; // the field that must be answered first
  finish: () => () => void; // of the kept form
  keep: () => Promise<unknown>; // rejects where the phone could not keep it
}

/** Whether the officer has asked to save, and the tap that does. */
export function useSaving({ missing, finish, keep }: Ending): { asked: boolean; save: () => void } {
  const { route } = useLocation();
  const [asked, setAsked] = useState(false);
  const [saving, setSaving] = useState(false);
  const end = async (): Promise<void> => {
    setSaving(true);
    await photosSettled();
    const goOn = finish();
    try {
      await tapped(keep());
      tick();
      route("/");
    } catch {
      buzz();
      goOn();
      setSaving(false);
    }
  };
  const save = (): void => {
    setAsked(true);
    if (missing) show(missing);
    else if (!saving) void end();
  };
  return { asked, save };
}
