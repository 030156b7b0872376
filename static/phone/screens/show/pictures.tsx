// What is drawn beside the steps of a scam: black lines, red for the loss, each in a box of 96 by 88.
import type { ComponentChildren, JSX } from "preact";
import type { ScriptPicture } from "../../../shared/server/generated";

const PHONE = "M6 0h22a6 6 0 0 1 6 6v48a6 6 0 0 1-6 6H6a6 6 0 0 1-6-6V6a6 6 0 0 1 6-6zM12 52h10";
const NOTE =
  "M3 0h26a3 3 0 0 1 3 3v20a3 3 0 0 1-3 3H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3zM11 6.5l5 6 5-6M16 12.5V20M11.5 14.5h9";
const CARD = "M4 0h30a4 4 0 0 1 4 4v18a4 4 0 0 1-4 4H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4zM0 8h38";
const SHEET = "M0 0h30v52l-5-4-5 4-5-4-5 4-5-4-5 4z";
const PAPER = "M0 0h26l10 10v46H0zM26 0v10h10";
const ARROW = "M0 5h10M6 0l5 5-5 5";
const CROSS = "M0 0l18 18M18 0L0 18";
const HANDSET =
  "M4 0l6 1 2.5 8-4 3.5a24 24 0 0 0 11 11l3.5-4 8 2.5 1 6c.2 2.400-1.800 4-4 4A31 31 0 0 1 0 4c0-2.200 1.600-4 4-4z";

interface DrawnProps {
  at: readonly [number, number];
  d: string;
  red?: boolean;
}

function Drawn({ at: [x, y], d, red }: DrawnProps) {
  return <path class={red ? "ln rd" : "ln"} d={d} transform={`translate(${x} ${y})`} />;
}

/** Somebody; masked where they pose as another. */
function Person({ at: [x, y], masked }: { at: readonly [number, number]; masked?: boolean }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <circle class="ln" cx="11" cy="9.5" r="9.5" />
      {masked && <path class="fl" d="M1.5 6.5h19v5h-19z" />}
      <path class="ln" d="M0 42c0-13 4-19 11-19s11 6 11 19" />
    </g>
  );
}

function Bubble({ at: [x, y] }: { at: readonly [number, number] }) {
  return <Drawn at={[x, y]} d="M3 0h18a3 3 0 0 1 3 3v9a3 3 0 0 1-3 3H10l-5 5v-5H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" />;
}

function Lock({ at: [x, y] }: { at: readonly [number, number] }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <path class="ln" d="M3 10V7a7 7 0 0 1 14 0v3" />
      <rect class="fl" y="10" width="20" height="17" rx="3" />
    </g>
  );
}

function Coin({ at: [x, y], red }: { at: readonly [number, number]; red?: boolean }) {
  return (
    <g class={red ? "ln rd" : "ln gr"} transform={`translate(${x} ${y})`}>
      <circle r="12.5" />
      <path d="M-5-6.5l5 6 5-6M0-.5V7M-4.5 1.5h9" />
    </g>
  );
}

const PICTURES: Record<ScriptPicture, JSX.Element> = {
  alone: (
    <>
      <Drawn at={[16, 16]} d="M0 24L32 0l32 24M6 20v36h52V20" />
      <Person at={[37, 30]} />
    </>
  ),
  another_fee: (
    <>
      <Drawn at={[14, 14]} d="M24 0h-20v44" />
      <Drawn at={[24, 18]} d={SHEET} />
      <Coin at={[39, 38]} red />
      <Drawn at={[62, 36]} d={ARROW} red />
      <Drawn at={[79, 38]} d="M0 0v12M-6 6h12" red />
    </>
  ),
  app: (
    <>
      <Drawn at={[16, 14]} d={PHONE} />
      <Drawn at={[25, 30]} d="M8 0v18M1 11l7 7 7-7" />
      <Person at={[60, 26]} masked />
    </>
  ),
  approved: (
    <>
      <Drawn at={[18, 16]} d={PAPER} />
      <Drawn at={[24, 36]} d="M0 8l8 8 14-16" />
      <Coin at={[70, 46]} />
    </>
  ),
  big_sum: (
    <>
      <Drawn at={[12, 22]} d="M4 0h24M1 7h30" />
      <Drawn at={[11, 37]} d={NOTE} />
      <Drawn at={[46, 45]} d={ARROW} />
      <Drawn at={[60, 14]} d="M5 0h14a5 5 0 0 1 5 5v50a5 5 0 0 1-5 5H5a5 5 0 0 1-5-5V5a5 5 0 0 1 5-5zM8 52h8" />
    </>
  ),
  borrow: (
    <>
      <Drawn at={[10, 18]} d="M0 14L20 0l20 14zM2 44h36M8 19v20M20 19v20M32 19v20" />
      <Drawn at={[52, 32]} d={ARROW} />
      <Drawn at={[66, 24]} d="M0 0h22v14H0zM0 22h22v14H0z" />
    </>
  ),
  caller: (
    <>
      <Drawn at={[12, 30]} d={HANDSET} />
      <Drawn at={[34, 20]} d="M0 8a12 12 0 0 1 10 10M0 0a20 20 0 0 1 18 18" />
      <Person at={[60, 28]} masked />
    </>
  ),
  fee: (
    <>
      <Drawn at={[14, 16]} d={SHEET} />
      <Coin at={[29, 36]} red />
      <Drawn at={[50, 38]} d={ARROW} red />
      <Person at={[66, 26]} masked />
    </>
  ),
  form: (
    <>
      <Drawn at={[16, 14]} d={PHONE} />
      <Drawn at={[23, 26]} d="M0 0h20M0 9h20M0 18h12" />
      <Drawn at={[56, 22]} d="M0 40l2-9L22 4l8 6L9 36z" />
    </>
  ),
  gone: (
    <>
      <Drawn at={[10, 32]} d={CARD} />
      <Drawn at={[53, 40]} d={ARROW} red />
      <Drawn at={[69, 36]} d={CROSS} red />
    </>
  ),
  group: (
    <>
      <Person at={[12, 34]} />
      <Person at={[37, 28]} />
      <Person at={[62, 34]} />
      <Bubble at={[16, 10]} />
      <Bubble at={[60, 10]} />
    </>
  ),
  hush: (
    <>
      <circle class="ln" cx="38" cy="40" r="22" />
      <path class="fl" d="M27 32h5v5h-5zM44 32h5v5h-5z" />
      <path class="ln rd" d="M27 50h22M31 45v10M38 45v10M45 45v10" />
      <Lock at={[66, 40]} />
    </>
  ),
  locked: (
    <>
      <Drawn at={[16, 14]} d={PHONE} />
      <Lock at={[23, 28]} />
      <Drawn at={[56, 44]} d="M0 0h8" />
      <Drawn at={[68, 35]} d={CROSS} red />
    </>
  ),
  one_card: (
    <>
      <Drawn at={[12, 14]} d="M0 0h18v12H0zM0 24h18v12H0zM0 48h18v12H0z" />
      <Drawn at={[34, 18]} d="M0 2l10 16M0 26h10M0 50l10-16" />
      <Drawn at={[48, 32]} d={CARD} />
    </>
  ),
  screen: (
    <>
      <Drawn at={[16, 14]} d={PHONE} />
      <Drawn at={[22, 36]} d="M0 8S4 0 11 0s11 8 11 8-4 8-11 8S0 8 0 8z" />
      <circle class="fl" cx="33" cy="44" r="4" />
      <Drawn at={[54, 39]} d={ARROW} />
      <Person at={[68, 26]} masked />
    </>
  ),
  small_gain: (
    <>
      <Drawn at={[16, 14]} d={PHONE} />
      <path class="ln gr" d="M23 46l6-8 5 5 7-11M35 32h6.5v6.5" />
      <Coin at={[70, 48]} />
    </>
  ),
  stain: (
    <>
      <Drawn at={[28, 16]} d={PAPER} />
      <Drawn at={[36, 32]} d="M0 0h20M0 9h20M0 18h10" />
      <circle class="fl" cx="56" cy="58" r="9" />
    </>
  ),
};

/** The picture of a step; its number where this version of the app can't draw it. */
export function Picture({ name, place }: { name: string; place: number }) {
  const drawn: Partial<Record<string, ComponentChildren>> = PICTURES;
  return (
    <svg class="drawn__pic" viewBox="0 0 96 88" aria-hidden="true">
      <rect class="drawn__box" x="3" y="3" width="90" height="82" rx="16" />
      {drawn[name] ?? (
        <text class="drawn__n" x="48" y="58" text-anchor="middle">
          {place + 1}
        </text>
      )}
    </svg>
  );
}
