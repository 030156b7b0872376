// Back to where one came from, once: the browser takes its time, in which a second tap would go back one more.
import { useRef } from "preact/hooks";
import { useLocation } from "preact-iso";

/** What goes back, or to `home` where this screen was the first. */
export function useGoBack(home: string): () => void {
  const { route } = useLocation();
  const gone = useRef(false);
  return () => {
    if (gone.current) return;
    gone.current = true;
    if (history.length > 1) history.back();
    else route(home);
  };
}
