// How the app gets onto the home screen: the browser's own question, or three drawn hints on an iPhone.
import type { ComponentChildren } from "preact";
import { Icon } from "../../../shared/parts/icon";
import { DoneMark } from "../../../shared/parts/state-marks";
import { canInstall, install, installed, platform } from "../../data/device/install";
import { Group } from "./settings";
import { sayMe as say } from "./words";

export function InstallGuide() {
  const { os, inApp } = platform();
  return (
    <Group title={say("install")} id="install">
      {installed.value ? (
        <DoneMark>{say("install.done")}</DoneMark>
      ) : (
        <>
          <p class="second">{say("install.why")}</p>
          {inApp && <p class="m">{say("install.app")}</p>}
          {!inApp && canInstall.value && (
            <button class="btn btn--fill btn--wide" type="button" onClick={() => void install()}>
              <Icon name="app" />
              {say("install.go")}
            </button>
          )}
          {!inApp &&
            !canInstall.value &&
            (os === "ios" ? (
              <OnIphone />
            ) : (
              <p class="m">{say(os === "android" ? "install.android" : "install.other")}</p>
            ))}
        </>
      )}
    </Group>
  );
}

function OnIphone() {
  return (
    <ol class="howto">
      <li>
        <Picture>
          <path d="M8 46h64M40 52v16M34 58l6-6 6 6M31 62h-4v16h26V62h-4" />
        </Picture>
        <span>{say("install.ios.1")}</span>
      </li>
      <li>
        <Picture>
          <path d="M16 30h34M16 46h34M16 62h34M60 27v8M56 31h8M57 43h7v7h-7zM57 59h7v7h-7z" />
        </Picture>
        <span>{say("install.ios.2")}</span>
      </li>
      <li>
        <Picture>
          <path d="M20 24h14v14H20zM46 24h14v14H46zM20 50h14v14H20z" />
          <path class="howto__app" d="M46 50h14v14H46z" />
          <path d="M49 57.5l3 3 5-6" />
        </Picture>
        <span>{say("install.ios.3")}</span>
      </li>
    </ol>
  );
}

function Picture({ children }: { children: ComponentChildren }) {
  return (
    <svg class="howto__pic" viewBox="0 0 80 88" aria-hidden="true" focusable="false">
      <rect x="6" y="2" width="68" height="84" rx="10" />
      {children}
    </svg>
  );
}
