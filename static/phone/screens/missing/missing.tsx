// An address that leads nowhere: said, with the way back.
import { Go, Screen } from "../../parts/frame/frame";
import { say } from "../../words/work";

export function Missing() {
  return (
    <Screen
      title={say("missing")}
      back="/"
      dock={
        <Go calm icon="list" href="/">
          {say("missing.back")}
        </Go>
      }
    >
      <p class="second">{say("missing.what")}</p>
    </Screen>
  );
}
