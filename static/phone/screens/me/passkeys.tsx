// One's passkeys: listed, made on this phone, taken away; the server may want the password first.
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../../shared/parts/icon";
import { Sheet } from "../../../shared/parts/sheet";
import { moment } from "../../../shared/words/format";
import { now, online } from "../../data/disk/store";
import {
  addPasskey,
  type Changed,
  dropPasskey,
  hasPasskeys,
  listPasskeys,
  type Passkey,
  provePassword,
} from "../../data/session/passkey";
import { Note } from "../../parts/frame/frame";
import { PasswordField } from "../../parts/sign-in/sign-in-form";
import { saySignIn } from "../../words/sign-in";
import { Group } from "./settings";
import { sayMe as say } from "./words";

type Word = "keys.done" | "keys.left" | "keys.refused" | "keys.offline" | null;

export function Passkeys() {
  const [keys, setKeys] = useState<Passkey[] | null>(null);
  const [word, setWord] = useState<Word>(null);
  const [waiting, setWaiting] = useState<(() => Promise<Changed>) | null>(null);
  const read = (): void => void listPasskeys().then(setKeys);
  const on = online.value;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the network comes
  useEffect(read, [on]);
  if (!hasPasskeys) return null;

  const run = async (change: () => Promise<Changed>, made: boolean): Promise<void> => {
    setWord(null);
    const answer = await change();
    if (answer === "password") return setWaiting(() => change);
    if (answer !== "done") setWord(`keys.${answer}`);
    else if (made) setWord("keys.done");
    read();
  };
  return (
    <Group title={say("keys")} id="keys">
      {keys === null && <p class="second">{say("keys.offline")}</p>}
      {keys?.length === 0 && <p class="second">{say("keys.none")}</p>}
      {keys?.map((key) => (
        <Row key={key.id} passkey={key} onDrop={() => void run(() => dropPasskey(key.id), false)} />
      ))}
      {word && <Note tone={word === "keys.done" ? "ok" : "calm"}>{say(word)}</Note>}
      {keys !== null && (
        <button
          class="btn btn--soft btn--wide"
          type="button"
          onClick={() => void run(() => addPasskey(say("keys.name")), true)}
        >
          <Icon name="plus" />
          {say("keys.add")}
        </button>
      )}
      {waiting && (
        <PasswordFirst
          onClose={() => setWaiting(null)}
          onProven={() => {
            setWaiting(null);
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
  const [word, setWord] = useState<"keys.password.wrong" | "keys.offline" | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const answer = await provePassword(password.current?.value ?? "");
    if (answer === "done") onProven();
    else setWord(answer === "offline" ? "keys.offline" : "keys.password.wrong");
  };
  return (
    <Sheet title={say("keys.password")} onClose={onClose}>
      <form class="signin" onSubmit={(event) => void submit(event)} noValidate>
        <PasswordField inner={password} label={saySignIn("password")} />
        <div role="alert">{word && <Note icon="alert">{say(word)}</Note>}</div>
        <button class="btn btn--fill btn--wide" type="submit">
          {say("keys.go")}
        </button>
      </form>
    </Sheet>
  );
}
