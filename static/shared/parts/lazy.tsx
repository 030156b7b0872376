// A part that is fetched only when it is needed: until then, and when that fails, a sentence is shown in its place.
import type { ComponentChildren, ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../words/core";

interface LazyOptions {
  waiting: () => ComponentChildren;
  absent: () => ComponentChildren;
}

/** A component whose code is fetched when it is first drawn. A fetch that failed is tried again the next time. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>, { waiting, absent }: LazyOptions) {
  let made: ComponentType<P> | null = null;
  const fetched = async (): Promise<void> => {
    made = await load();
  };
  function Lazy(props: P) {
    const [state, setState] = useState<"waiting" | "here" | "absent">(made ? "here" : "waiting");
    useEffect(() => {
      // It may have come since this was drawn, less than a frame ago: nobody else would say so.
      const here = made ? Promise.resolve() : fetched();
      here.then(
        () => setState("here"),
        () => setState("absent"),
      );
    }, []);
    const Part = made;
    if (Part) return <Part {...props} />;
    return <>{state === "absent" ? absent() : waiting()}</>;
  }
  /** Fetch it ahead: it is then drawn at once. */
  Lazy.fetched = fetched;
  return Lazy;
}

/** What stands while a screen comes. */
export function Waiting() {
  return (
    <main class="app gate">
      <p class="hint" role="status">
        {t("screen.coming")}
      </p>
    </main>
  );
}

/** What stands where a screen can't be had now. */
export function Absent() {
  return (
    <main class="app gate">
      <p class="note">{t("screen.absent")}</p>
      <button class="btn" type="button" onClick={() => location.reload()}>
        {t("retry")}
      </button>
    </main>
  );
}
