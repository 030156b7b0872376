// The ready check at the start of duty: ten seconds, by itself, what must be mended first.
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import "./ready.css";
import { heldBack } from "../../data/device/readiness";
import { checks, keepReadiness, runReady, tookS } from "../../data/device/ready";
import { duty, signedOut } from "../../data/disk/store";
import { setDuty } from "../../data/session/duty";
import { noteLockOffered, wantsLockOffer } from "../../data/session/lock";
import { tally } from "../../domain/device/ready";
import { Go, Note, Screen } from "../../parts/frame/frame";
import { CheckRow } from "./check-row";
import { sayReady as say } from "./words";

export function Ready() {
  useEffect(() => {
    void runReady();
  }, []);
  const all = checks.value;
  const took = tookS.value;
  const bad = all.filter((check) => check.state === "bad");
  const rest = [
    ...all.filter((check) => check.state === "warn"),
    ...all.filter((check) => check.state === "ok" || check.state === "running"),
  ];
  return (
    <Screen
      title={say("title")}
      back="/"
      head={<span class="muted t2">{took === null ? say("checking") : say("took", { n: took })}</span>}
      dock={<OnDuty />}
    >
      <Score />
      {bad.length > 0 && (
        <section class="card card--none card--bad">
          {bad.map((check) => (
            <CheckRow key={check.code} check={check} />
          ))}
        </section>
      )}
      {rest.length > 0 && (
        <section class="card card--none">
          {rest.map((check) => (
            <CheckRow key={check.code} check={check} />
          ))}
        </section>
      )}
      {took !== null && (
        <button class="btn btn--plain" type="button" onClick={() => void runReady()}>
          {say("again")}
        </button>
      )}
      <LockOffer />
    </Screen>
  );
}

function Score() {
  const { ok, bad, warn, running } = tally(checks.value);
  return (
    <div class="score" role="status">
      <b>{ok}</b>
      <span>
        {say("fine")}
        <br />
        {bad > 0 && <strong class="warn">{say("mend", { n: bad })}</strong>}
        {bad > 0 && warn > 0 && <span class="muted"> · </span>}
        {warn > 0 && <strong class="second">{say("watch", { n: warn })}</strong>}
        {bad + warn + running === 0 && <strong class="ok">{say("all")}</strong>}
        {bad + warn === 0 && running > 0 && <span class="muted">{say("checking")}</span>}
      </span>
    </div>
  );
}

function OnDuty() {
  const { route } = useLocation();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState(false);
  const go = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setRefused(false);
    const told = await setDuty(true);
    setBusy(false);
    if (!told) {
      setRefused(true);
      navigator.vibrate?.(120);
      return;
    }
    navigator.vibrate?.(15);
    void keepReadiness(0);
    route("/");
  };
  return (
    <>
      <div role="alert">
        {refused && <Note icon="cloudoff">{say(signedOut.value ? "signed_out" : "need.signal")}</Note>}
      </div>
      {!refused && <p class="saved">{say(heldBack.value ? "held" : "told")}</p>}
      {duty.value?.on_duty ? (
        <Go href="/">{say("on")}</Go>
      ) : (
        <Go onClick={() => void go()}>{say(busy ? "going" : "go")}</Go>
      )}
    </>
  );
}

/** Once, when duty first begins on this phone. */
function LockOffer() {
  const [offered, setOffered] = useState(false);
  useEffect(() => {
    void wantsLockOffer().then(setOffered);
  }, []);
  if (!offered) return null;
  const settle = (): void => {
    setOffered(false);
    void noteLockOffered();
  };
  return (
    <section class="card card--flat stack stack--m">
      <p class="m">{say("lock.why")}</p>
      <div class="row row--wrap">
        {/* biome-ignore lint/a11y/useValidAnchor: it leads somewhere, and is noted on the way */}
        <a class="btn btn--soft" href="/app/me#lock" onClick={() => void noteLockOffered()}>
          {say("lock.go")}
        </a>
        <button class="btn btn--plain" type="button" onClick={settle}>
          {say("lock.later")}
        </button>
      </div>
    </section>
  );
}
