// Marks that show a state by shape, word and colour: risk, status, grade of evidence.
import type { ComponentChildren, JSX } from "preact";
import type { AssignmentStatus, Risk } from "../server/generated";
import type { Letter } from "../server/schemas";
import { fact } from "../words/facts";

/** The strokes of a mark's lines. */
export const LINE = { fill: "none", stroke: "currentColor", "stroke-width": "2", "stroke-linecap": "round" } as const;
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
      {words ?? fact(`risk.${risk}`)}
    </span>
  );
}

type Reached = Exclude<AssignmentStatus, "lapsed" | "recalled">; // what nobody has to be shown: it leaves the list

const STATES: Record<Reached, { kind: string; shape: JSX.Element }> = {
  assigned: {
    kind: "wait",
    shape: (
      <circle cx="10" cy="10" r="7.3" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3 2.7" />
    ),
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
      {fact(`status.${status}`)}
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
