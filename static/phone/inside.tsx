// The app of somebody who is signed in: lock first, the alarm over everything, then the route. A part of its own, so that
// the first load of a new phone brings the sign-in alone.
import { LocationProvider, Route, Router } from "preact-iso";
import "./data/session/inside";
import { alarm, locked } from "./data/disk/store";
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
} from "./screens/later";
import { Missing } from "./screens/missing/missing";
import { SafetyPrompt } from "./screens/safety/safety-prompt";
import { SignIn } from "./screens/sign-in/sign-in";
import { Worklist } from "./screens/worklist/worklist";

export function Inside() {
  if (locked.value) return <Lock ringing={alarm.value !== null} />;
  const rings = alarm.value;
  return (
    <LocationProvider>
      {rings ? (
        <Alarm view={rings} />
      ) : (
        <Router>
          <Route path="/" component={Worklist} />
          <Route path="/app/visit/:id" component={Assignment} />
          <Route path="/app/visit/:id/arrive" component={CheckIn} />
          <Route path="/app/visit/:id/script" component={Script} />
          <Route path="/app/visit/:id/record" component={Record} />
          <Route path="/app/done/:id/correct" component={Correct} />
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
      )}
      {!rings && <SafetyPrompt />}
    </LocationProvider>
  );
}
