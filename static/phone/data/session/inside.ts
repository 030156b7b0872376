// What runs only for somebody who is signed in: the bell, the position, what they carry for a colleague.
import { effect } from "@preact/signals";
import { watchWhenNeeded } from "../device/position";
import { readyToCarry } from "../outbox/handover";
import "../device/readiness"; // sends a result that the chief has not got yet
import { armSound } from "../device/ring";
import { me, socketOpen } from "../disk/store";

armSound();
watchWhenNeeded();
effect(() => {
  if (me.value !== null && socketOpen.value) void readyToCarry();
});
