// Keeps the screen on while something is shown to somebody; asked for anew when the app comes back to the front.
import { useEffect } from "preact/hooks";

export function useAwake(): void {
  useEffect(() => {
    let held: WakeLockSentinel | null = null;
    let over = false;
    const ask = async (): Promise<void> => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      try {
        const got = await navigator.wakeLock.request("screen");
        if (over) void got.release();
        else held = got;
      } catch {
        // A phone that is nearly empty refuses: the screen dims as always.
      }
    };
    const back = (): void => void ask();
    void ask();
    document.addEventListener("visibilitychange", back);
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", back);
      void held?.release().catch(() => undefined);
    };
  }, []);
}
