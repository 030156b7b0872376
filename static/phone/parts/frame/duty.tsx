// On duty or off, at the top of the worklist: going on leads through the ready check, going off says what happens.
import { useState } from "preact/hooks";
import { Sheet } from "../../../shared/parts/sheet";
import { DoneMark } from "../../../shared/parts/state-marks";
import { duty, views } from "../../data/disk/store";
import { setDuty } from "../../data/session/duty";
import { say } from "../../words/work";
import { Note } from "./frame";
import { buzz, tick } from "./haptics";

export function DutyButton() {
  const [asking, setAsking] = useState(false);
  if (duty.value?.on_duty !== true) {
    return (
      <a class="btn btn--soft duty" href="/app/ready">
        {say("duty.go_on")}
      </a>
    );
  }
  return (
    <>
      <button class="btn duty" type="button" onClick={() => setAsking(true)}>
        <DoneMark>{say("duty.on")}</DoneMark>
      </button>
      {asking && <Leave onClose={() => setAsking(false)} />}
    </>
  );
}

function Leave({ onClose }: { onClose: () => void }) {
  const [unheard, setUnheard] = useState(false);
  const [going, setGoing] = useState(false);
  const left = views.value.length;
  const leave = async (): Promise<void> => {
    if (going) return;
    setGoing(true);
    setUnheard(false);
    const told = await setDuty(false);
    setGoing(false);
    if (told) {
      tick();
      onClose();
    } else {
      buzz();
      setUnheard(true);
    }
  };
  return (
    <Sheet title={say("duty.leave")} onClose={onClose}>
      <p>{say("duty.what")}</p>
      {left > 0 && <Note icon="alert">{say("duty.left", { n: left })}</Note>}
      {unheard && <Note>{say("duty.unheard")}</Note>}
      <div class="row row--wrap">
        <button class="btn grow" type="button" aria-busy={going} onClick={() => void leave()}>
          {say(going ? "duty.leaving" : "duty.leave")}
        </button>
        <button class="btn btn--fill grow" type="button" onClick={onClose}>
          {say("duty.stay")}
        </button>
      </div>
    </Sheet>
  );
}
