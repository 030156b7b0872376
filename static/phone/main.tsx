// The officer's phone starts here: what is on disk is painted first, everything else comes after. Where nobody is signed in
// the form is, and the code that works with a disk and a session follows while somebody types.
import { render } from "preact";
import "../css/tokens.css";
import "../css/base.css";
import "./phone.css";
import "./splash.css";
import { language, speak } from "../shared/words/say";
import { App, Inside } from "./app";
import "./data/device/install"; // hears the browser's offer, which comes only once
import { applySettings } from "./data/device/settings";
import { keptMe, wasHere } from "./data/disk/last-person";

const QUIET_MS = 1000; // the first paint and the worklist have the line for themselves that long

const entering = (): Promise<typeof import("./data/session/entering")> => import("./data/session/entering");

/** Everything that is not on the first screen, before a tap or a tunnel asks for it. */
async function fetchRest(): Promise<void> {
  await Inside.fetched().catch(() => undefined);
  const { fetchScreens } = await import("./screens/lazy-screens");
  await fetchScreens();
}

/** Read the disk of whoever was here last. */
async function resumed(): Promise<void> {
  const reading = entering().then(({ start }) => start());
  const inside = keptMe() ? Inside.fetched().catch(() => undefined) : undefined; // nobody sees it through a wall
  await Promise.all([reading, inside]);
}

async function begin(place: HTMLElement): Promise<void> {
  if (wasHere()) await resumed();
  place.replaceChildren();
  render(<App />, place);
  setTimeout(() => void fetchRest().catch(() => undefined), QUIET_MS);
  const here = await entering().catch(() => null); // a sign-in asks for it again
  setTimeout(() => here?.goLive()); // a turn later, in which the browser may draw
}

const root = document.getElementById("app");
speak(language.value);
applySettings();
if (root) void begin(root);
