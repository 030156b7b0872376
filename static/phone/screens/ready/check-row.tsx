// One row of the ready check: what it is, how it stands, and the button that mends it.
import { useLocation } from "preact-iso";
import { Icon, type IconName } from "../../../shared/parts/icon";
import { DoneMark } from "../../../shared/parts/state-marks";
import { askPermission } from "../../data/device/push-proof";
import { again, protectStorage, tellHeard } from "../../data/device/ready";
import { applyUpdate } from "../../data/device/worker";
import { renew } from "../../data/work/socket";
import type { Check, Code } from "../../domain/device/ready";
import { type ReadyWord, rowWords, sayReady as say } from "./words";

const ICONS: Record<Code, IconName> = {
  sound: "sound",
  notifications: "bell",
  push: "msg",
  position: "gps",
  storage: "disk",
  version: "app",
  clock: "clock",
  socket: "cloudok",
};

interface Act {
  word: ReadyWord;
  run: (route: (url: string) => void) => void;
  calm?: boolean;
}

const retry = (code: Code, word: ReadyWord = "mend.retry"): Act => ({ word, run: () => void again(code), calm: true });
const howTo: Act = { word: "mend.install", run: (route) => route("/app/me#install"), calm: true };

async function openNotifications(): Promise<void> {
  await askPermission();
  await Promise.all([again("notifications"), again("push")]);
}

async function connect(): Promise<void> {
  await renew();
  await again("socket");
}

/** What can be pressed for a row that is not in order. */
function actsOf({ code, state, why }: Check): Act[] {
  if (state === "ok" || state === "running") return [];
  if (code === "sound") return soundActs(why);
  if (code === "notifications") {
    if (why === "ask") return [{ word: "mend.open", run: () => void openNotifications() }];
    return why === "ios_install" ? [howTo] : [{ word: "mend.retry", run: () => void openNotifications(), calm: true }];
  }
  if (code === "storage")
    return why === "cleared" ? [{ word: "mend.protect", run: () => void protectStorage() }] : [howTo];
  if (code === "version" && why !== "unknown") return [{ word: "mend.update", run: applyUpdate }];
  if (code === "position" && why === "insecure") return [];
  if (code === "socket") return [{ word: "mend.retry", run: () => void connect(), calm: true }];
  return why === "server_off" || why === "none" || why === "permission" ? [] : [retry(code)];
}

function soundActs(why: string): Act[] {
  const heard: Act = { word: "mend.heard", run: () => void tellHeard(true) };
  const unheard: Act = { word: "mend.unheard", run: () => void tellHeard(false), calm: true };
  return why === "asked" ? [heard, unheard] : [retry("sound", "mend.play")];
}

export function CheckRow({ check }: { check: Check }) {
  const { route } = useLocation();
  const { head, hint } = rowWords(check);
  const acts = actsOf(check);
  const bad = check.state === "bad";
  return (
    <div class={bad ? "line line--bad check" : "line check"} data-state={check.state}>
      <Icon name={ICONS[check.code]} />
      <div class="check__words">
        <p class={bad ? "b" : "m"}>{head}</p>
        <p class="hint">{hint}</p>
      </div>
      {check.state === "ok" && <DoneMark>{say("good")}</DoneMark>}
      {acts.length > 0 && (
        <div class="check__acts">
          {acts.map(({ word, run, calm }) => (
            <button
              key={word}
              class={calm ? "btn btn--soft" : "btn btn--fill"}
              type="button"
              onClick={() => run(route)}
            >
              {say(word)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
