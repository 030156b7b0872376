// A form that survives everything: on disk within 150 ms of every change, and at once when the page goes away.
import { useRef, useState } from "preact/hooks";
import { useOnce } from "../../../shared/parts/once";
import { editing } from "../../data/device/worker";
import { draftOf, onDropped, saveDraft } from "../../data/disk/drafts";

const SOON_MS = 120;

export interface Kept<F> {
  form: F;
  change: (next: (form: F) => F) => void;
  /** The form as it is now, also in the middle of an act. */
  current: () => F;
  /** No more is written: the form is being sent. Returns how to go on, where that came to nothing. */
  finish: () => () => void;
}

interface About<F> {
  key: string;
  assignment: string;
  label: string;
  empty: F;
  isTouched: (form: F) => boolean;
}

/** The form under `key` as it was left, kept at every change. */
export function useKeptForm<F>(about: About<F>): Kept<F> {
  const [form, setForm] = useState<F>(() => ({ ...about.empty, ...draftOf<F>(about.key) }));
  const latest = useRef(form);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wrote = useRef(0);
  const over = useRef(false);
  const kept = useRef(true); // whether the last write came to its end
  const facts = useRef(about);
  facts.current = about;

  const flush = (): void => {
    if ((timer.current === undefined && kept.current) || over.current) return;
    clearTimeout(timer.current);
    timer.current = undefined;
    write();
  };
  const write = (): void => {
    wrote.current = Date.now();
    const { key, assignment, label, isTouched } = facts.current;
    const draft = { key, assignment, label, form: latest.current, touched: isTouched(latest.current) };
    void saveDraft(draft).then((done) => {
      kept.current = done; // one that failed is tried again when the page is left
    });
  };
  const change = (next: (form: F) => F): void => {
    latest.current = next(latest.current);
    setForm(latest.current);
    clearTimeout(timer.current);
    // A tap is on disk before the finger is up; letters that follow quickly go together.
    timer.current = setTimeout(flush, SOON_MS);
    if (Date.now() - wrote.current > SOON_MS) flush();
  };
  const finish = (): (() => void) => {
    over.current = true;
    clearTimeout(timer.current);
    return () => {
      over.current = false;
      change((held) => held);
    };
  };
  // Another tab has recorded or dropped it: what stands here would be on no disk.
  const dropped = (): void => {
    if (!over.current && facts.current.isTouched(latest.current)) write();
  };
  useEditing(about.key, flush, dropped);
  return { form, change, current: () => latest.current, finish };
}

/** From the first to the last moment of a form: the app is not changed over meanwhile, and leaving writes what stands. */
function useEditing(key: string, flush: () => void, dropped: () => void): void {
  useOnce(() => {
    editing.value += 1;
    const hidden = (): void => {
      if (document.visibilityState === "hidden") flush();
    };
    const ended = onDropped(key, dropped);
    addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", hidden);
    return () => {
      editing.value -= 1;
      ended();
      removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", hidden);
      flush();
    };
  });
}
