// What this phone can't do, one sentence at a time, the worst first, at the top of the worklist; each can be put aside.
import { useState } from "preact/hooks";
import "./surroundings.css";
import { Icon } from "../../../shared/parts/icon";
import { span } from "../../../shared/words/format";
import { putAside, said } from "../../data/device/surroundings";
import { applyUpdate } from "../../data/device/worker";
import { offset } from "../../data/disk/store";
import type { Trouble } from "../../domain/device/surroundings";
import { sayAround } from "../../words/surroundings";

/** Nothing where all is well. */
export function Surroundings() {
  const [first, ...others] = said.value;
  if (first === undefined) return null;
  return (
    <section aria-label={sayAround("region")}>
      <One key={first} trouble={first} others={others.length} />
    </section>
  );
}

function One({ trouble, others }: { trouble: Trouble; others: number }) {
  return (
    <div class="note note--act" role="note">
      <Icon name="alert" />
      <div class="grow">
        <p>{sayAround(trouble, { t: span(offset.value, Math.round) })}</p>
        <div class="row row--wrap">
          {trouble === "outdated" && (
            <button class="btn btn--plain" type="button" onClick={applyUpdate}>
              {sayAround("update")}
            </button>
          )}
          {trouble === "in_app" && <Copy />}
          <button class="btn btn--plain" type="button" onClick={() => putAside(trouble)}>
            {sayAround("aside")}
          </button>
          {others > 0 && <span>{sayAround("others", { n: others })}</span>}
        </div>
      </div>
    </div>
  );
}

function Copy() {
  const [done, setDone] = useState(false);
  const copy = (): void => {
    navigator.clipboard?.writeText(location.origin).then(
      () => setDone(true),
      () => undefined,
    );
  };
  return (
    <button class="btn btn--plain" type="button" onClick={copy}>
      {sayAround(done ? "copied" : "copy")}
    </button>
  );
}
