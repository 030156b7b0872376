// What has just been done, in a word above the next step: for what leaves its screen, and so cannot say it there.
import { signal } from "@preact/signals";
import { Icon } from "../../../shared/parts/icon";

const SHOWN_MS = 8000;
const told = signal<string | null>(null);
let over: ReturnType<typeof setTimeout>;

/** Say it on whatever screen is open, for eight seconds. */
export function tell(words: string): void {
  clearTimeout(over);
  told.value = words;
  over = setTimeout(() => {
    told.value = null;
  }, SHOWN_MS);
}

export function isTold(): boolean {
  return told.value !== null;
}

export function Told() {
  if (told.value === null) return null;
  return (
    <p class="note note--ok" role="status">
      <Icon name="check" />
      <span>{told.value}</span>
    </p>
  );
}
