// Signing in: before anything else, and again when the session ended while the phone was in the field.
import { useEffect, useState } from "preact/hooks";
import "../../parts/sign-in/sign-in.css";
import { goInstead } from "../../../shared/lib/address";
import { Icon } from "../../../shared/parts/icon";
import { Languages } from "../../../shared/parts/languages";
import { Logo } from "../../../shared/parts/logo";
import { t } from "../../../shared/words/core";
import { me, signedOut } from "../../data/disk/store";
import { Note } from "../../parts/frame/note";
import { useTitle } from "../../parts/frame/title";
import { SignInForm, useTries } from "../../parts/sign-in/sign-in-form";
import { saySignIn as say } from "../../words/sign-in";

export function SignIn() {
  const again = me.value;
  const tries = useTries();
  const inside = again !== null && !signedOut.value && !tries.busy; // a try ends on this screen: its fault is said here
  const [others, setOthers] = useState(0);
  const title = say(again ? "again" : "title");
  useTitle(title);
  useEffect(() => {
    if (inside) goInstead("/");
  }, [inside]);
  useEffect(() => {
    const counted = import("../../data/session/entering").then(({ othersUnsent }) => othersUnsent());
    void counted.then(setOthers, () => undefined);
  }, []);
  if (inside) return null;
  return (
    <div class="app gate">
      <header class="gate__top">
        {again ? (
          <a class="btn btn--icon" href="/" aria-label={t("back")}>
            <Icon name="back" />
          </a>
        ) : (
          <Logo />
        )}
        <Languages label={say("language")} />
      </header>
      <main class="main gate__main">
        <h1 class="gate__name">{again ? title : t("app.name")}</h1>
        {again && <Note tone="calm">{say("again.why")}</Note>}
        {!isSecureContext && <Note icon="alert">{say("insecure")}</Note>}
        <SignInForm key={again?.id} username={again?.username ?? ""} tries={tries} />
        {others > 0 && (
          <Note tone="calm" icon="disk">
            {say("others", { n: others })}
          </Note>
        )}
        <p class="hint">
          {say("forgot")} {again ? say("other.disk") : ""}
        </p>
      </main>
    </div>
  );
}
