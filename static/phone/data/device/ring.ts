// The sound of the alarm: two tones that get louder, vibration, and a screen that stays on, until somebody answers.
import { signal } from "@preact/signals";

/** `blocked`: the browser needs a touch first. `none`: this browser can't play sound at all. */
export type Voice = "off" | "trying" | "on" | "blocked" | "none";
export const voice = signal<Voice>("off");
export const shakes = signal(false);

const ON_S = 0.6;
const LOOP_S = 0.9;
const TONES = [880, 698.5] as const; // hertz
const QUIET = 0.12;
const LOUD_AFTER_S = 10;
const PATIENCE_MS = 500; // a blocked browser never answers
const SHAKE = Array.from({ length: 10 }, () => [ON_S * 1000, (LOOP_S - ON_S) * 1000]).flat();
const SHAKE_MS = 10 * LOOP_S * 1000;

let context: AudioContext | null = null;
let source: AudioBufferSourceNode | null = null;
let unlocked = false;
let ringing = false;
let shaking: ReturnType<typeof setInterval> | undefined;
let lock: WakeLockSentinel | null = null;

/** Let every touch unlock the sound: browsers keep a page silent until somebody has touched it. */
export function armSound(): void {
  const touched = (): void => {
    if (!ringing) {
      if (!unlocked) void unlock();
      return;
    }
    if (voice.value !== "on") void sound();
    if (!shakes.value) shake();
  };
  for (const kind of ["pointerup", "touchend", "keydown"])
    addEventListener(kind, touched, { capture: true, passive: true });
}

async function unlock(): Promise<void> {
  if (!(await wake())) return;
  unlocked = true;
  if (!ringing) await context?.suspend(); // a sounding device that says nothing costs battery
}

/** Whether the sound is awake; a browser that wants a touch first leaves the question open for ever. */
async function wake(): Promise<boolean> {
  if (typeof AudioContext === "undefined") return false;
  try {
    context ??= new AudioContext();
    await Promise.race([context.resume(), new Promise((done) => setTimeout(done, PATIENCE_MS))]);
  } catch {
    return false;
  }
  return context.state === "running";
}

/** Ring until `stopRinging`; growing louder from the start each time. */
export function startRinging(): void {
  if (ringing) return;
  ringing = true;
  void sound();
  shake();
  shaking = setInterval(shake, SHAKE_MS);
  void stayAwake();
  document.addEventListener("visibilitychange", back);
}

export function stopRinging(): void {
  ringing = false;
  voice.value = "off";
  clearInterval(shaking);
  if (shakes.value) navigator.vibrate?.(0);
  shakes.value = false;
  silence();
  document.removeEventListener("visibilitychange", back);
  void lock?.release().catch(() => undefined);
  lock = null;
}

/** One round of the alarm, for the ready check; returns whether it could be heard. */
export async function chime(): Promise<boolean> {
  if (ringing || !(await wake()) || !context) return false;
  const one = tones(context);
  one.connect(context.destination);
  one.start();
  one.stop(context.currentTime + LOOP_S);
  one.onended = () => {
    if (!ringing) void context?.suspend();
  };
  return true;
}

async function sound(): Promise<void> {
  if (source) {
    voice.value = (await wake()) ? "on" : "blocked";
    return;
  }
  voice.value = "trying";
  const awake = await wake();
  if (!ringing || source) return;
  if (!awake || !context) {
    voice.value = context ? "blocked" : "none";
    return;
  }
  const gain = context.createGain();
  gain.gain.setValueAtTime(QUIET, context.currentTime);
  gain.gain.linearRampToValueAtTime(1, context.currentTime + LOUD_AFTER_S);
  source = tones(context);
  source.loop = true;
  source.connect(gain).connect(context.destination);
  source.start();
  voice.value = "on";
}

function silence(): void {
  source?.stop();
  source?.disconnect();
  source = null;
  if (context?.state === "running") void context.suspend();
}

/** Two tones and a pause as one buffer: it loops by itself, however slow the page's timers are. */
function tones(at: AudioContext): AudioBufferSourceNode {
  const rate = at.sampleRate;
  const buffer = at.createBuffer(1, Math.round(rate * LOOP_S), rate);
  const wave = buffer.getChannelData(0);
  const half = ON_S / 2;
  for (let place = 0; place < rate * ON_S; place += 1) {
    const time = place / rate;
    const hertz = time < half ? TONES[0] : TONES[1];
    const within = time % half;
    const edge = Math.min(1, within / 0.01, (half - within) / 0.01); // no clicks
    const turn = 2 * Math.PI * hertz * time;
    wave[place] = edge * (0.7 * Math.sin(turn) + 0.25 * Math.sin(3 * turn)); // small speakers carry the third
  }
  const made = at.createBufferSource();
  made.buffer = buffer;
  return made;
}

/** A browser that was never touched would only complain about it to nobody. */
function shake(): void {
  const touched = navigator.userActivation?.hasBeenActive ?? true;
  shakes.value = touched && (navigator.vibrate?.(SHAKE) ?? false);
}

async function stayAwake(): Promise<void> {
  if (!("wakeLock" in navigator) || document.visibilityState !== "visible") return;
  try {
    const held = await navigator.wakeLock.request("screen");
    if (ringing) lock = held;
    else await held.release();
  } catch {
    // A phone that is nearly empty refuses: it still rings.
  }
}

/** Back in sight: the browser has let the screen go, and may have put the sound to sleep. */
function back(): void {
  if (!ringing || document.visibilityState !== "visible") return;
  void stayAwake();
  void sound();
  shake();
}
