// What runs only for somebody who is signed in: the bell, the position, what they carry for a colleague.
import { effect } from "@preact/signals";
import { readyToCarry } from "./handover";
import { watchWhenNeeded } from "./position";
import "./readiness"; // sends a result that the chief has not got yet
import { armSound } from "./ring";
import { me, socketOpen } from "./store";

armSound();
watchWhenNeeded();
effect(() => {
  if (me.value !== null && socketOpen.value) void readyToCarry();
});
