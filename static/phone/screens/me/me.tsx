// Me: who is here, duty, how this phone is set, and how one leaves it.
import { useEffect } from "preact/hooks";
import "./me.css";
import "../../parts/sign-in/sign-in.css";
import { Icon } from "../../../shared/parts/icon";
import { Languages } from "../../../shared/parts/languages";
import { ROLES_THAT_COMMAND } from "../../../shared/server/generated";
import { STAFF_NUMBER } from "../../../shared/server/names";
import { named } from "../../../shared/words/named";
import { roleName } from "../../../shared/words/roles";
import { installed } from "../../data/device/install";
import { largeType, type Theme, theme } from "../../data/device/settings";
import { duty, me, work } from "../../data/disk/store";
import { DutyButton } from "../../parts/frame/duty";
import { Screen } from "../../parts/frame/frame";
import { Diagnostics } from "./diagnostics";
import { InstallGuide } from "./install-guide";
import { LockSettings } from "./lock-settings";
import { Passkeys } from "./passkeys";
import { Choice, Group, Switch } from "./settings";
import { SignOut } from "./sign-out";
import { VersionRow } from "./version-row";
import { sayMe as say } from "./words";

const THEMES: readonly Theme[] = ["auto", "light", "dark", "outdoor"];
const HAS_DESK: readonly string[] = [...ROLES_THAT_COMMAND, "admin", "hotline_operator", "auditor"];

export function Me() {
  useEffect(() => {
    // A link from elsewhere names its group; the browser looked for it before this screen stood.
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, []);
  return (
    <Screen title={say("title")} tab="me">
      <Who />
      <Duty />
      <Look />
      <LockSettings />
      <Passkeys />
      {!installed.value && <InstallGuide />}
      <VersionRow />
      <Diagnostics />
      <SignOut />
    </Screen>
  );
}

function Who() {
  const person = work.value?.person;
  return (
    <section class="card who">
      <span class="who__face">
        <Icon name="person" size="l" />
      </span>
      <div class="grow">
        <p class="who__name">
          <bdi>{person?.name ?? me.value?.name}</bdi>
        </p>
        {person && (
          <p class="second">
            {person.unit ? `${person.unit} · ` : ""}
            {roleName(person.role)}
          </p>
        )}
        <p class="hint">
          {named(STAFF_NUMBER)} {me.value?.username}
        </p>
      </div>
    </section>
  );
}

function Duty() {
  const role = work.value?.person.role ?? "";
  return (
    <section class="card card--none" aria-label={say("duty")}>
      <div class="line line--wrap">
        <p class="grow m">{say(duty.value?.on_duty ? "duty.on" : "duty.off")}</p>
        <DutyButton />
      </div>
      <a class="line" href="/app/ready">
        <Icon name="check" />
        <div class="grow">
          <p class="m">{say("ready")}</p>
          <p class="hint">{say("ready.hint")}</p>
        </div>
        <Icon name="next" />
      </a>
      {HAS_DESK.includes(role) && (
        <a class="line" href="/start" target="_self">
          <Icon name="list" />
          <div class="grow">
            <p class="m">{say("desk")}</p>
            <p class="hint">{say("desk.hint")}</p>
          </div>
          <Icon name="next" />
        </a>
      )}
    </section>
  );
}

function Look() {
  return (
    <Group title={say("look")} id="look">
      <div class="setting">
        <p class="m">{say("language")}</p>
        <Languages label={say("language")} />
      </div>
      <Choice
        label={say("theme")}
        options={THEMES.map((value) => ({ value, name: say(`theme.${value}`) }))}
        value={theme.value}
        onChoose={(chosen) => {
          theme.value = chosen;
        }}
      />
      <Switch
        label={say("large")}
        hint={say("large.hint")}
        on={largeType.value}
        words={{ on: say("on"), off: say("off") }}
        onChange={(on) => {
          largeType.value = on;
        }}
      />
    </Group>
  );
}
