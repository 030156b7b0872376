// Changing the address inside the app, as a link does: the router hears it, nothing is loaded.

/** Go to another address of the app. */
export function goTo(path: string): void {
  history.pushState(null, "", path);
  heard();
}

/** The same, and the address before is left behind: no way back leads to it. */
export function goInstead(path: string): void {
  history.replaceState(null, "", path);
  heard();
}

function heard(): void {
  dispatchEvent(new PopStateEvent("popstate"));
}
