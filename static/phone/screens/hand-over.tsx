// Hand-over: a phone that dies gives what only it has to another one, and any phone delivers it.
import "../../css/phone-outbox.css";
import { Screen } from "../parts/frame";
import { Give } from "../parts/give-records";
import { Take } from "../parts/take-records";
import { say } from "../words/hand-over";

export function HandOver() {
  return (
    <Screen title={say("title")} back="/app/outbox">
      <Give />
      <Take />
    </Screen>
  );
}
