// The screens that neither the first paint nor the worklist needs, as one part: a dozen small files would each ask anew.
export { Card } from "./card/card";
export { CheckIn } from "./check-in/check-in";
export { Correct } from "./correct/correct";
export { HandOver } from "./hand-over/hand-over";
export { Lock } from "./lock/lock";
export { Me } from "./me/me";
export { Outbox } from "./outbox/outbox";
export { Ready } from "./ready/ready";
export { Record } from "./record/record";
export { Script } from "./script/script";
export { Scripts } from "./scripts/scripts";
export { Show } from "./show/show";
export { Wall } from "./wall/wall";
