// Staff number and password, or a passkey; what goes wrong is a sentence above the button. The form comes before the code
// that signs in: on a poor line somebody is still typing when that has come.
import { useRef, useState } from "preact/hooks";
import { hasPasskeys } from "../../../shared/lib/passkeys";
import { Icon } from "../../../shared/parts/icon";
import { saySignIn as say, sayFault } from "../../words/sign-in";
import { Note } from "../frame/note";

interface Tries {
  fault: string | null; // the key of its sentence
  setFault: (fault: string) => void;
  busy: boolean;
  run: (way: () => Promise<string | null>) => Promise<void>;
}

type Entering = typeof import("../../data/session/entering");

/** One of the ways in, when its code is here; "signin.offline" where it can't be had now. */
async function enterBy(way: (entering: Entering) => Promise<string | null>): Promise<string | null> {
  const entering = await import("../../data/session/entering").catch(() => null);
  if (entering === null) {
    if (await fetchedAnew()) location.reload(); // for as long as a page stands, browsers remember that an import failed
    return "signin.offline";
  }
  entering.goLive();
  return way(entering);
}

/** Fetch the app's files past every cache, in which a portal's page may lie for one of them; returns whether all came. */
async function fetchedAnew(): Promise<boolean> {
  const files = [...document.querySelectorAll<HTMLLinkElement>("link[href*='/static/assets/']")];
  const fetched = files.map(({ href }) => fetch(href, { cache: "reload" }).then(isCode, () => false));
  return (await Promise.all(fetched)).every(Boolean);
}

const isCode = ({ ok, headers }: Response): boolean => ok && !headers.get("Content-Type")?.startsWith("text/html");

/** One try at a time, and what went wrong with the last one. */
export function useTries(): Tries {
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (way: () => Promise<string | null>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setFault(null);
    const answer = await way().catch(() => "signin.broken");
    setBusy(false);
    if (answer) {
      setFault(answer);
      navigator.vibrate?.(120);
    }
  };
  return { fault, setFault, busy, run };
}

export function SignInForm({ username = "", tries }: { username?: string; tries: Tries }) {
  const { fault, setFault, busy, run } = tries;
  const number = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const describedBy = fault ? "signin-fault" : undefined;
  const submit = (event: Event): void => {
    event.preventDefault();
    const name = number.current?.value.trim() ?? "";
    const secret = password.current?.value ?? "";
    if (!name || !secret) {
      setFault(name ? "need.password" : "need.number");
      (name ? password : number).current?.focus();
      return;
    }
    void run(() => enterBy(({ enter }) => enter(name, secret)));
  };
  return (
    <form class="signin" onSubmit={submit} noValidate>
      <NumberField inner={number} username={username} describedBy={describedBy} />
      <PasswordField inner={password} label={say("password")} describedBy={describedBy} />
      <div id="signin-fault" class="signin__fault" role="alert">
        {fault && <Note icon="alert">{sayFault(fault)}</Note>}
      </div>
      <button class="btn btn--go" type="submit" aria-busy={busy}>
        {say(busy ? "going" : "go")}
      </button>
      {hasPasskeys && (
        <button
          class="btn btn--wide signin__key"
          type="button"
          onClick={() => void run(() => enterBy((entering) => entering.enterWithPasskey()))}
        >
          <Icon name="shield" />
          {say("passkey")}
        </button>
      )}
    </form>
  );
}

interface NumberProps {
  inner: { current: HTMLInputElement | null };
  username: string;
  describedBy: string | undefined;
}

function NumberField({ inner, username, describedBy }: NumberProps) {
  return (
    <label class="field">
      <span class="label">{say("number")}</span>
      <span class="inrow">
        <input
          ref={inner}
          name="username"
          defaultValue={username}
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellcheck={false}
          enterkeyhint="next"
          aria-describedby={describedBy}
        />
      </span>
    </label>
  );
}

interface PasswordProps {
  inner: { current: HTMLInputElement | null };
  label: string;
  describedBy?: string | undefined;
}

/** A password that one may look at while typing it. */
export function PasswordField({ inner, label, describedBy }: PasswordProps) {
  const [shown, setShown] = useState(false);
  return (
    <div class="field">
      <label class="label" for="password">
        {label}
      </label>
      <div class="inrow">
        <input
          id="password"
          ref={inner}
          name="password"
          type={(shown ? "text" : "password") as "password"}
          autoComplete="current-password"
          autoCapitalize="none"
          spellcheck={false}
          enterkeyhint="go"
          aria-describedby={describedBy}
        />
        <button class="btn btn--plain" type="button" aria-pressed={shown} onClick={() => setShown(!shown)}>
          <Icon name="eye" />
          <span class="vh">{say(shown ? "hide" : "show")}</span>
        </button>
      </div>
    </div>
  );
}
