// Who is here: the sign-in for nobody, the app for whoever has signed in.
import { Absent, lazy, Waiting } from "../shared/parts/lazy";
import { me, walled } from "./data/disk/store";
import { SignIn } from "./screens/sign-in/sign-in";

/** The app behind the sign-in. */
export const Inside = lazy(() => import("./inside").then((made) => made.Inside), {
  waiting: () => <Waiting />,
  absent: () => <Absent />,
});

/** What stands where the work was when a right has been taken away; with the other screens, for a part of its own costs more. */
const Wall = lazy(() => import("./screens/all-lazy").then((made) => made.Wall), {
  waiting: () => <Waiting />,
  absent: () => <Absent />,
});

export function App() {
  if (walled.value !== null) return <Wall />;
  return me.value === null ? <SignIn /> : <Inside />;
}
