// Marks of a clock: dial, quarter or diamond with its words, and the fuse that burns towards its end.
import type { ComponentChildren, JSX } from "preact";
import { LINE, Shape } from "./state-marks";

/** What a clock counts to, and from when, in milliseconds since 1970 by the server's clock. */
export interface Due {
  by: number;
  from: number;
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

/** A dial, a quarter left or a diamond, with its words. */
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
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect width={width} height="10" />
      </svg>
    </span>
  );
}
