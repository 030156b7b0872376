// Which version runs, and changing over to a newer one: asked first, and never while a form is open.
import { useState } from "preact/hooks";
import { Sheet } from "../../../shared/parts/sheet";
import { t } from "../../../shared/words/core";
import { BUILD, newest, reportDevice } from "../../data/device/device";
import { applyUpdate, editing, look, updateReady } from "../../data/device/worker";
import { Group } from "./settings";
import { sayMe as say } from "./words";

export function VersionRow() {
  const [asking, setAsking] = useState(false);
  const [looking, setLooking] = useState<"not" | "now" | "done">("not");
  const lookAgain = async (): Promise<void> => {
    setLooking("now");
    await Promise.allSettled([look(), reportDevice()]);
    setLooking("done");
  };
  const ready = updateReady.value;
  const latest = newest.value;
  const state = ready ? "newer" : standing(latest);
  return (
    <Group title={say("version")} id="version">
      <div class="row row--wrap">
        <span class="grow">
          <span class="m">{say(`version.${state}`)}</span>
          <span class="hint switch__hint">{BUILD}</span>
        </span>
        {ready || state === "coming" ? (
          <button class="btn btn--fill" type="button" onClick={() => setAsking(true)}>
            {say("update")}
          </button>
        ) : (
          <button class="btn btn--plain" type="button" aria-busy={looking === "now"} onClick={() => void lookAgain()}>
            {say(looking === "not" ? "look.again" : `look.${looking}`)}
          </button>
        )}
      </div>
      {asking && <UpdateSheet onClose={() => setAsking(false)} />}
    </Group>
  );
}

function UpdateSheet({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title={say("update")} onClose={onClose}>
      <p>{say(editing.value > 0 ? "version.editing" : "update.ask")}</p>
      <div class="row row--wrap">
        {editing.value === 0 && (
          <button class="btn btn--fill grow" type="button" onClick={applyUpdate}>
            {say("update")}
          </button>
        )}
        <button class="btn grow" type="button" onClick={onClose}>
          {t("cancel")}
        </button>
      </div>
    </Sheet>
  );
}

function standing(latest: string | null): "unknown" | "newest" | "coming" {
  if (latest === null) return "unknown";
  return latest === BUILD ? "newest" : "coming";
}
