// Whom a tap was meant for: what has only just been painted hears none, and a second one is heard by no other than the first.

const DEAF_MS = 600; // longer than a double tap of a slow finger, shorter than reading what has appeared
const NEAR_PX = 24; // half of what a thumb needs: two things that stand beside each other are never that near
const CONTROLS = "a, button, input, select, textarea, label, summary";

const painted = new WeakMap<Element, number>(); // milliseconds since the page began; Infinity until then
const acts = new WeakSet<Element>();

let touch = { at: 0, x: 0, y: 0 };
let heard: { on: Element; touch: typeof touch; at: number } | null = null;
let turned = 0; // when something new was painted last

/** A ref for a whole screen: it does not hear a touch that began before it was painted. */
export function asScreen(element: Element | null): void {
  if (element !== null) deafen(element, 0);
}

/** A ref for what acts (a dock, a sheet, one button): it is deaf until 0.6 s after it was painted, to keys as well. */
export function asAct(element: Element | null): void {
  if (element === null) return;
  acts.add(element);
  deafen(element, DEAF_MS);
}

/** Deaf until so many milliseconds after it was painted. Whoever looks before they tap, as the tests do, sees it. */
function deafen(element: Element, forMs: number): void {
  painted.set(element, Infinity);
  element.setAttribute("data-deaf", "");
  const wake = (): void => element.removeAttribute("data-deaf");
  requestAnimationFrame(() => {
    turned = performance.now();
    painted.set(element, turned);
    if (forMs > 0) setTimeout(wake, forMs);
    else wake();
  });
}

/** Listen before everybody else does, and keep a tap from them that was not meant for what it hits. */
export function guardTaps(): void {
  addEventListener(
    "pointerdown",
    ({ timeStamp, clientX, clientY }) => {
      touch = { at: timeStamp, x: clientX, y: clientY };
    },
    { capture: true, passive: true },
  );
  addEventListener("click", hear, { capture: true });
  // Whoever has written something since has seen what stands there now.
  for (const kind of ["input", "keydown"]) addEventListener(kind, forget, { capture: true, passive: true });
}

function forget(): void {
  heard = null;
}

function hear(event: MouseEvent): void {
  if (!(event.target instanceof Element)) return;
  const byKey = event.detail === 0 || (event instanceof PointerEvent && event.pointerType === ""); // or a screen reader
  if (isTooEarly(event.target, byKey ? event.timeStamp : touch.at) || (!byKey && isSecond(event.target))) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const control = event.target.closest(CONTROLS); // none where the tap fell through what is still deaf
  // After a key the next tap is no second one; and a label passes its own tap on.
  if (byKey) forget();
  else if (control && heard?.touch !== touch) heard = { on: control, touch, at: event.timeStamp };
}

function isTooEarly(target: Element, begun: number): boolean {
  for (let one: Element | null = target; one; one = one.parentElement) {
    const at = painted.get(one);
    if (at !== undefined && begun < at + (acts.has(one) ? DEAF_MS : 0)) return true;
  }
  return false;
}

/** Whether it is the second tap at one place, and something else stands there now. */
function isSecond(target: Element): boolean {
  if (heard === null || heard.touch === touch || heard.on === controlOf(target)) return false;
  const { x, y } = heard.touch;
  return touch.at < Math.max(heard.at, turned) + DEAF_MS && Math.hypot(touch.x - x, touch.y - y) < NEAR_PX;
}

function controlOf(target: Element): Element {
  return target.closest(CONTROLS) ?? target;
}
