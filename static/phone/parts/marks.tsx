// Marks that say a state by shape, word and colour: risk, status, clock, fuse, grade of evidence.
import type { ComponentChildren, JSX } from "preact";
import type { Due } from "../domain/view";
import type { Reached } from "../domain/view";
import type { Risk } from "../domain/work";
import { t } from "../words/core";
import { countdown, timeOfDay } from "../words/format";

const LINE = { fill: "none", stroke: "currentColor", "stroke-width": "2", "stroke-linecap": "round" } as const;
const RING = <circle cx="10" cy="10" r="7.3" fill="none" stroke="currentColor" stroke-width="2" />;

/** A state shape on its grid of 20. */
export function Shape({ children }: { children: ComponentChildren }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

const RISKS: Record<Risk, JSX.Element> = {
  high: (
    <>
      <path class="f" d="M6.3 1.5h7.4l4.8 4.8v7.4l-4.8 4.8H6.3L1.5 13.7V6.3z" />
      <path class="k" d="M10 5.5v5.2M10 14.2v.1" />
    </>
  ),
  medium: (
    <>
      <path class="f" d="M10 2l8.8 15.5H1.2z" />
      <path class="k" d="M10 8v4M10 14.7v.1" />
    </>
  ),
  low: <circle class="f" cx="10" cy="10" r="7.5" />,
};

/** Octagon, triangle or circle, with its word (or longer words of the caller's). */
export function RiskMark({ risk, words }: { risk: Risk; words?: string }) {
  return (
    <span class={`risk risk--${risk}`}>
      <Shape>{RISKS[risk]}</Shape>
      {words ?? t(`risk.${risk}`)}
    </span>
  );
}

const STATES: Record<Reached, { kind: string; shape: JSX.Element }> = {
  assigned: {
    kind: "wait",
    shape: <circle cx="10" cy="10" r="7.3" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3 2.7" />,
  },
  acknowledged: {
    kind: "wait",
    shape: (
      <>
        {RING}
        <path d="M6.5 10.2l2.5 2.5 4.5-5" {...LINE} />
      </>
    ),
  },
  en_route: { kind: "moving", shape: <path d="M3 3.5l14.5 6.5L3 16.5 6 10z" fill="currentColor" /> },
  on_scene: {
    kind: "scene",
    shape: (
      <>
        <path d="M10 19s6.5-5.8 6.5-11a6.5 6.5 0 0 0-13 0C3.5 13.2 10 19 10 19z" fill="currentColor" />
        <circle cx="10" cy="8" r="2.2" fill="var(--surface)" />
      </>
    ),
  },
  cleared: { kind: "done", shape: <DoneShape /> },
  declined: {
    kind: "out",
    shape: (
      <>
        {RING}
        <path d="M7 7l6 6M13 7l-6 6" {...LINE} />
      </>
    ),
  },
};

function DoneShape() {
  return (
    <>
      <circle cx="10" cy="10" r="8.3" fill="currentColor" />
      <path d="M6 10.2l2.8 2.8L14.2 7" {...LINE} stroke="var(--surface)" stroke-width="2.2" />
    </>
  );
}

/** How far an assignment is, by ring, arrow, pin or tick and its word. */
export function StatusMark({ status }: { status: Reached }) {
  const { kind, shape } = STATES[status];
  return (
    <span class={`st st--${kind}`}>
      <Shape>{shape}</Shape>
      {t(`status.${status}`)}
    </span>
  );
}

/** A solid tick with the caller's word: done, in order, on duty. */
export function DoneMark({ children }: { children: ComponentChildren }) {
  return (
    <span class="st st--done">
      <Shape>
        <DoneShape />
      </Shape>
      {children}
    </span>
  );
}

export type Pressure = "ok" | "soon" | "over";

/** How pressing a clock is: amber in its last quarter, never before. */
export function pressure(due: Due, now: number): Pressure {
  const left = due.by - now;
  if (left < 0) return "over";
  return left < (due.by - due.from) / 4 ? "soon" : "ok";
}

const CLOCKS: Record<Pressure, JSX.Element> = {
  ok: (
    <>
      <circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="1.8" />
      <path d="M10 6v4.2l2.6 1.6" {...LINE} stroke-width="1.8" />
    </>
  ),
  soon: (
    <>
      <circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="1.8" />
      <path d="M10 10V2.5A7.5 7.5 0 0 0 2.5 10z" fill="currentColor" />
    </>
  ),
  over: (
    <>
      <path d="M10 .8l9.2 9.2-9.2 9.2L.8 10z" fill="currentColor" />
      <path d="M10 5.5v5.3M10 14v.1" stroke="var(--surface)" stroke-width="2.2" stroke-linecap="round" />
    </>
  ),
};

/** A dial, a quarter left or a diamond, with what is left, what it is over, or the time it counts to. */
export function ClockMark({ due, now }: { due: Due; now: number }) {
  const pressing = pressure(due, now);
  const left = countdown(due.by - now);
  const words =
    pressing === "ok"
      ? t("clock.by", { t: timeOfDay(due.by) })
      : t(pressing === "soon" ? "clock.left" : "clock.over", { t: left });
  return (
    <span class={`clk clk--${pressing}`}>
      <Shape>{CLOCKS[pressing]}</Shape>
      {words}
    </span>
  );
}

/** A dial with words of the caller's own. */
export function Dial({ children, pressing = "ok" }: { children: ComponentChildren; pressing?: Pressure }) {
  return (
    <span class={`clk clk--${pressing}`}>
      <Shape>{CLOCKS[pressing]}</Shape>
      {children}
    </span>
  );
}

/** What is left of the time, burning towards the start edge. */
export function Fuse({ due, now }: { due: Due; now: number }) {
  const whole = Math.max(1, due.by - due.from);
  return <FuseBar part={(due.by - now) / whole} pressing={pressure(due, now)} />;
}

/** A bar of which `part` (0 to 1) is left. */
export function FuseBar({ part, pressing = "ok" }: { part: number; pressing?: Pressure }) {
  const width = pressing === "over" ? 100 : Math.round(100 * Math.min(1, Math.max(0, part)));
  return (
    <span class={pressing === "ok" ? "fuse" : `fuse fuse--${pressing}`} aria-hidden="true">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none">
        <rect width={width} height="10" />
      </svg>
    </span>
  );
}

export type Letter = "A" | "B" | "C" | "D";
const BARS = [
  { x: 0.5, height: 3 },
  { x: 5.1, height: 6 },
  { x: 9.7, height: 9 },
  { x: 14.3, height: 12 },
] as const;

/** A grade of evidence: one to four bars and its letter. */
export function GradeMark({ letter }: { letter: Letter }) {
  const on = 4 - "ABCD".indexOf(letter);
  return (
    <span class={`grade grade--${letter.toLowerCase()}`}>
      <svg viewBox="0 0 19 14" aria-hidden="true">
        {BARS.map(({ x, height }, place) => (
          <rect key={x} class={place < on ? "on" : "off"} x={x} y={13.5 - height} width="3" height={height} rx=".8" />
        ))}
      </svg>
      {letter}
    </span>
  );
}
