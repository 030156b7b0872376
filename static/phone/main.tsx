// The officer's phone starts here: what is on disk is painted first, everything else comes after.
import { render } from "preact";
import "../css/tokens.css";
import "../css/base.css";
import "./phone.css";
import "./splash.css";
import { App, Inside } from "./app";
import { keptMe } from "./data/disk/last-person";
import { goLive, start } from "./data/session/start";

const QUIET_MS = 1000; // the first paint and the worklist have the line for themselves that long

/** Everything that is not on the first screen, before a tap or a tunnel asks for it. */
async function fetchRest(): Promise<void> {
  await Inside.fetched().catch(() => undefined);
  const { fetchScreens } = await import("./screens/lazy-screens");
  await fetchScreens();
}

const root = document.getElementById("app");
if (root) {
  const inside = keptMe() ? Inside.fetched().catch(() => undefined) : undefined;
  void Promise.all([start(), inside]).then(() => {
    root.replaceChildren();
    render(<App />, root);
    goLive();
    setTimeout(() => void fetchRest().catch(() => undefined), QUIET_MS);
  });
}
