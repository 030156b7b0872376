// The app of somebody who is signed in: lock first, the alarm over everything, then the route. A part of its own, so that
// the first load of a new phone brings the sign-in alone.
import type { ComponentType } from "preact";
import { useRef } from "preact/hooks";
import { LocationProvider, Route, Router, useLocation } from "preact-iso";
import { guardTaps } from "../shared/parts/taps";
import "./data/session/inside";
import { alarm, locked, views } from "./data/disk/store";
import { isWide } from "./parts/frame/wide";
import { Alarm } from "./screens/alarm/alarm";
import { Assignment } from "./screens/assignment/assignment";
import {
  Card,
  CheckIn,
  Correct,
  HandOver,
  Lock,
  Me,
  Outbox,
  Ready,
  Record,
  Script,
  Scripts,
  Show,
} from "./screens/lazy-screens";
import { Missing } from "./screens/missing/missing";
import { SafetyPrompt } from "./screens/safety/safety-prompt";
import { SignIn } from "./screens/sign-in/sign-in";
import { Worklist } from "./screens/worklist/worklist";
import { say } from "./words/work";

guardTaps();

export function Inside() {
  if (locked.value) return <Lock ringing={alarm.value !== null} />;
  const rings = alarm.value;
  return (
    <LocationProvider>
      {rings ? <Alarm view={rings} /> : <Places />}
      {!rings && <SafetyPrompt />}
    </LocationProvider>
  );
}

/** One screen; where there is room, the worklist beside the open case, or beside the most urgent one. */
function Places() {
  const open = useOpenCase();
  const beside = isWide.value && open !== null;
  return (
    <div class={beside ? "panes" : undefined}>
      {beside && (
        <section class="pane--list" aria-label={say("title")}>
          <Worklist open={open} />
        </section>
      )}
      <div class={beside ? "pane--case" : undefined}>
        <Routes first={beside ? open : null} />
      </div>
    </div>
  );
}

// Beside what a resident looks at or signs stands no other resident.
const OF_A_CASE = /^\/app\/visit\/([^/]+)$/;

/** The case that a screen is about; on the worklist the most urgent one, and that one for as long as it is there. */
function useOpenCase(): string | null {
  const { path } = useLocation();
  const held = useRef("");
  if (path !== "/") return OF_A_CASE.exec(path)?.[1] ?? null;
  const all = views.value.map((view) => view.assignment.id);
  held.current = all.includes(held.current) ? held.current : (all[0] ?? "");
  return held.current || null;
}

/** The screen is another one for another case: what is held of the one before must not be taken for its own. */
function ofItsOwn<P extends { id?: string }>(Screen: ComponentType<P>): ComponentType<P> {
  return (props) => <Screen key={props.id} {...props} />;
}

const OpenCase = ofItsOwn(Assignment);
const FirstCase = ofItsOwn(Assignment); // a screen of its own: tapped in the list, its heading takes the focus
const OpenCheckIn = ofItsOwn(CheckIn);
const OpenScript = ofItsOwn(Script);
const OpenRecord = ofItsOwn(Record);
const OpenCorrection = ofItsOwn(Correct);

/** Which screen stands at which address; at the worklist's stands the `first` case where the list is beside it. */
function Routes({ first }: { first: string | null }) {
  return (
    <Router>
      {first ? <Route path="/" component={FirstCase} id={first} /> : <Route path="/" component={Worklist} />}
      <Route path="/app/visit/:id" component={OpenCase} />
      <Route path="/app/visit/:id/arrive" component={OpenCheckIn} />
      <Route path="/app/visit/:id/script" component={OpenScript} />
      <Route path="/app/visit/:id/record" component={OpenRecord} />
      <Route path="/app/done/:id/correct" component={OpenCorrection} />
      <Route path="/app/scripts" component={Scripts} />
      <Route path="/app/scripts/:sha256" component={Script} />
      <Route path="/app/show/:sha256" component={Show} />
      <Route path="/app/card" component={Card} />
      <Route path="/app/me" component={Me} />
      <Route path="/app/ready" component={Ready} />
      <Route path="/app/outbox" component={Outbox} />
      <Route path="/app/handover" component={HandOver} />
      <Route path="/app/sign-in" component={SignIn} />
      <Route default component={Missing} />
    </Router>
  );
}
