// One's passkeys: listed, made on this phone, taken away; the server may want the password first.
import { useEffect, useRef, useState } from "preact/hooks";
import { hasPasskeys } from "../../../shared/lib/passkeys";
import { Icon } from "../../../shared/parts/icon";
import { Sheet } from "../../../shared/parts/sheet";
import { moment } from "../../../shared/words/format";
import { now, online } from "../../data/disk/store";
import {
  addPasskey,
  type Changed,
  dropPasskey,
  listPasskeys,
  type Passkey,
  provePassword,
} from "../../data/session/own-passkeys";
import { useOneAtATime } from "../../parts/frame/busy";
import { Note } from "../../parts/frame/frame";
import { PasswordField } from "../../parts/sign-in/sign-in-form";
import { saySignIn } from "../../words/sign-in";
import { Group } from "./settings";
import { sayMe as say } from "./words";

type Word = "keys.busy" | "keys.done" | "keys.left" | "keys.refused" | "keys.offline" | null;

/** One's passkeys, what came of the last change, and the change that waits for the password. */
function useKeys() {
  const [keys, setKeys] = useState<Passkey[] | null>(null);
  const [word, setWord] = useState<Word>(null);
  const [waiting, setWaiting] = useState<(() => Promise<Changed>) | null>(null);
  const read = (): void => void listPasskeys().then(setKeys);
  const on = online.value;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the network comes
  useEffect(read, [on]);
  const run = async (change: () => Promise<Changed>, made: boolean): Promise<void> => {
    setWord("keys.busy");
    const answer = await change();
    setWord(null);
    if (answer === "password") return setWaiting(() => change);
    if (answer !== "done") setWord(`keys.${answer}`);
    else if (made) setWord("keys.done");
    read();
  };
  return { keys, word, run, waiting, stop: () => setWaiting(null) };
}

export function Passkeys() {
  const { keys, word, run, waiting, stop } = useKeys();
  if (!hasPasskeys) return null;
  return (
    <Group title={say("keys")} id="keys">
      {keys === null && <p class="second">{say("keys.offline")}</p>}
      {keys?.length === 0 && <p class="second">{say("keys.none")}</p>}
      {keys?.map((key) => (
        <Row key={key.id} passkey={key} onDrop={() => void run(() => dropPasskey(key.id), false)} />
      ))}
      {word && <Note tone={word === "keys.done" ? "ok" : "calm"}>{say(word)}</Note>}
      <button
        class={keys === null ? "btn btn--soft btn--wide room" : "btn btn--soft btn--wide"}
        type="button"
        onClick={() => void run(() => addPasskey(say("keys.name")), true)}
      >
        <Icon name="plus" />
        {say("keys.add")}
      </button>
      {waiting && (
        <PasswordFirst
          onClose={stop}
          onProven={() => {
            stop();
            void run(waiting, true);
          }}
        />
      )}
    </Group>
  );
}

function Row({ passkey, onDrop }: { passkey: Passkey; onDrop: () => void }) {
  const { name, last_used_at, created_at } = passkey;
  return (
    <div class="row row--wrap">
      <span class="grow">
        <span class="m">{name}</span>
        <span class="hint switch__hint">
          {last_used_at
            ? say("keys.used", { t: moment(last_used_at * 1000, now.peek()) })
            : say("keys.made", { t: moment(created_at * 1000, now.peek()) })}
        </span>
      </span>
      <button class="btn btn--plain" type="button" onClick={onDrop}>
        {say("keys.drop")}
      </button>
    </div>
  );
}

function PasswordFirst({ onProven, onClose }: { onProven: () => void; onClose: () => void }) {
  const password = useRef<HTMLInputElement>(null);
  const [word, setWord] = useState<"keys.password.wrong" | "keys.offline" | "keys.busy" | null>(null);
  const inTurn = useOneAtATime();
  const prove = async (): Promise<void> => {
    setWord("keys.busy");
    const answer = await provePassword(password.current?.value ?? "");
    if (answer === "done") onProven();
    else setWord(answer === "offline" ? "keys.offline" : "keys.password.wrong");
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    inTurn(prove);
  };
  return (
    <Sheet title={say("keys.password")} onClose={onClose}>
      <form class="signin" onSubmit={submit} noValidate>
        <PasswordField inner={password} label={saySignIn("password")} />
        <div class="signin__fault" role="alert">
          {word && <Note icon="alert">{say(word)}</Note>}
        </div>
        <button class="btn btn--fill btn--wide" type="submit">
          {say("keys.go")}
        </button>
      </form>
    </Sheet>
  );
}
