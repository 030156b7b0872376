// The taking side of a hand-over: an envelope from a link or a file, kept on this phone first, then brought to the server.
import { useState } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import { useOnce } from "../../../shared/parts/once";
import { online, tapped } from "../../data/disk/store";
import { carried, carry, deliver, type Fate, readCarried, sentBack } from "../../data/outbox/handover";
import { type Envelope, fromHash, fromText } from "../../domain/outbox/envelope";
import { Note } from "../../parts/frame/frame";
import { buzz, tick } from "../../parts/frame/haptics";
import { say } from "./words";

type State = { kind: "idle" } | { kind: "busy" } | { kind: "bad" } | { kind: "unkept" } | Fate;

/** Hear of the envelope in the link with which the screen was opened, and in each that follows. */
function useLinks(bring: (envelope: Envelope | null) => void): void {
  useOnce(() => {
    void readCarried();
    const read = (): void => {
      const { hash } = location;
      if (hash.length < 2) return;
      history.replaceState(history.state, "", location.pathname); // what was carried stands in no history
      bring(fromHash(hash));
    };
    read();
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  });
}

/** What becomes of envelopes that come by link, by file, or once more. */
function useTaking() {
  const [state, setState] = useState<State>({ kind: "idle" });
  const bring = async (envelope: Envelope | null): Promise<void> => {
    if (!envelope) {
      setState({ kind: "bad" });
      buzz();
      return;
    }
    setState({ kind: "busy" });
    try {
      await tapped(carry(envelope));
      tick();
      setState(await tapped(deliver(envelope)));
    } catch {
      buzz();
      setState({ kind: "unkept" });
    }
  };
  useLinks((envelope) => void bring(envelope));
  const chosen = async (input: HTMLInputElement): Promise<void> => {
    const files = [...(input.files ?? [])];
    input.value = "";
    for (const file of files) await bring(fromText(await file.text()));
  };
  const again = async (): Promise<void> => {
    setState({ kind: "busy" });
    for (const envelope of carried.value) {
      const fate = await tapped(deliver(envelope)).catch((): State => ({ kind: "unkept" }));
      setState(fate);
      if (fate.kind === "waits" && fate.all) return;
    }
  };
  return { state, chosen, again };
}

export function Take() {
  const { state, chosen, again } = useTaking();
  return (
    <section class="card stack give">
      <h2>{say("take")}</h2>
      <p class="second t2">{say("take.how")}</p>
      <div role="status">
        <Said state={state.kind === "idle" ? (sentBack.value ?? state) : state} />
      </div>
      <label class="btn btn--wide filepick">
        <input
          class="vh"
          type="file"
          multiple
          accept=".doorstep,.txt,.json,text/plain,application/json"
          onChange={(event) => void chosen(event.currentTarget)}
        />
        <Icon name="file" />
        {say("take.file")}
      </label>
      {carried.value.length > 0 && state.kind !== "busy" && (
        <div class="row row--wrap">
          <p class="grow b">{say("carrying", { n: carried.value.length })}</p>
          {online.value && (
            <button class="btn btn--fill" type="button" onClick={() => void again()}>
              {say("retry")}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function Said({ state }: { state: State }) {
  if (state.kind === "idle") return null;
  if (state.kind === "busy") return <Note tone="calm">{say("taking")}</Note>;
  if (state.kind === "unkept") return <Note>{say("unkept")}</Note>;
  if (state.kind === "bad") return <Note icon="alert">{say("bad")}</Note>;
  if (state.kind === "waits") return <Note icon="disk">{say("waits")}</Note>;
  if (state.kind === "too_large") return <Note icon="alert">{say("too_large")}</Note>;
  if (state.kind === "unreadable") return <Note icon="alert">{say("unreadable", { why: state.why })}</Note>;
  const { initial, taken, open } = state.what;
  return (
    <Note tone="ok" icon="check">
      {say("taken", { n: taken + open, who: initial })} {open > 0 ? say("taken.open", { n: open }) : ""}
    </Note>
  );
}
