// Who is here: the sign-in for nobody, the app for whoever has signed in.
import { Absent, later, Waiting } from "../shared/parts/later";
import { me } from "./data/disk/store";
import { SignIn } from "./screens/sign-in/sign-in";

/** The app behind the sign-in. */
export const Inside = later(() => import("./inside").then((made) => made.Inside), {
  waiting: () => <Waiting />,
  absent: () => <Absent />,
});

export function App() {
  return me.value === null ? <SignIn /> : <Inside />;
}
