// Hand-over: a phone that dies gives what only it has to another one, and any phone delivers it.
import "./hand-over.css";
import { Screen } from "../../parts/frame/frame";
import { Give } from "./give-records";
import { Take } from "./take-records";
import { say } from "./words";

export function HandOver() {
  return (
    <Screen title={say("title")} back="/app/outbox">
      <Give />
      <Take />
    </Screen>
  );
}
