// The screens that neither the first paint nor the worklist needs, as one part: a dozen small files would each ask anew.
export { Card } from "./card";
export { CheckIn } from "./check-in";
export { Correct } from "./correct";
export { HandOver } from "./hand-over";
export { Lock } from "./lock";
export { Me } from "./me";
export { Outbox } from "./outbox";
export { Ready } from "./ready";
export { Record } from "./record";
export { Script } from "./script";
export { Scripts } from "./scripts";
export { Show } from "./show";
