// Signing out wipes this person from the phone: what would be lost is shown before.
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import { Sheet } from "../../../shared/parts/sheet";
import { duty, signedOut } from "../../data/disk/store";
import { flush } from "../../data/outbox/send";
import { leaveForGood } from "../../data/session/entering";
import { atStake } from "../../data/session/session";
import { Note } from "../../parts/frame/frame";
import { sayMe as say } from "./words";

type Stake = Awaited<ReturnType<typeof atStake>>;

export function SignOut() {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button class="btn btn--wide" type="button" onClick={() => setAsking(true)}>
        <Icon name="door" />
        {say("out")}
      </button>
      {asking && <Ask onClose={() => setAsking(false)} />}
    </>
  );
}

function Ask({ onClose }: { onClose: () => void }) {
  const [stake, setStake] = useState<Stake | null>(null);
  const [going, setGoing] = useState(false);
  const look = (): void => void atStake().then(setStake);
  useEffect(look, []);
  const send = async (): Promise<void> => {
    setStake(null);
    await flush();
    look();
  };
  const leave = (): void => {
    setGoing(true);
    void leaveForGood();
  };
  const lost = stake !== null && stake.records + stake.unsettled + stake.photos + stake.drafts > 0;
  return (
    <Sheet title={say("out.ask")} onClose={onClose}>
      <div role="status" class="stack">
        {duty.value?.on_duty && <Note icon="alert">{say("out.duty")}</Note>}
        {stake === null && <p class="roomfor2">{say("out.checking")}</p>}
        {stake !== null && !lost && !stake.unsure && <p class="roomfor2">{say("out.clear")}</p>}
        {stake !== null && lost && <Lost stake={stake} />}
        {stake?.unsure && <Note icon="disk">{say("out.unsure")}</Note>}
        {lost && signedOut.value && <Note tone="calm">{say("out.signed_out")}</Note>}
      </div>
      {lost && <Rescue stake={stake} onSend={() => void send()} />}
      <div class="row row--wrap">
        <button class="btn grow" type="button" onClick={onClose}>
          {say("out.stay")}
        </button>
        <button class="btn btn--ink grow" type="button" disabled={stake === null} aria-busy={going} onClick={leave}>
          {say(going ? "out.going" : "out.wipe")}
        </button>
      </div>
    </Sheet>
  );
}

/** What can still be done about what would be lost. */
function Rescue({ stake, onSend }: { stake: Stake; onSend: () => void }) {
  return (
    <>
      {stake.records + stake.photos > 0 && (
        <button class="btn btn--fill btn--wide" type="button" onClick={onSend}>
          <Icon name="up" />
          {say("out.send")}
        </button>
      )}
      {stake.unsettled > 0 && (
        <a class="btn btn--you btn--wide" href="/app/outbox">
          <Icon name="hand" />
          {say("out.settle")}
        </a>
      )}
      {stake.records > 0 && (
        <a class="btn btn--soft btn--wide" href="/app/handover">
          <Icon name="qr" />
          {say("out.handover")}
        </a>
      )}
    </>
  );
}

function Lost({ stake }: { stake: Stake }) {
  return (
    <>
      {stake.unsettled > 0 && <Note icon="hand">{say("out.unsettled", { n: stake.unsettled })}</Note>}
      {stake.records + stake.photos + stake.drafts > 0 && (
        <>
          <p class="m">{say("out.lost")}</p>
          <ul class="why">
            {stake.records > 0 && <li>{say("out.records", { n: stake.records })}</li>}
            {stake.photos > 0 && <li>{say("out.photos", { n: stake.photos })}</li>}
            {stake.drafts > 0 && <li>{say("out.drafts", { n: stake.drafts })}</li>}
          </ul>
        </>
      )}
    </>
  );
}
