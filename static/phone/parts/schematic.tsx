// A sketch of the way without tiles: me, the home, how sure the position is, a scale, north, and the ground's line.
import { fix, ticking } from "../data/store";
import { pointOf, type Place, wayTo } from "../domain/way";
import type { Point } from "../lib/geo";
import { plan, type Plan } from "../lib/plan";
import { say } from "../words/assignment";
import { ago, direction, far } from "../words/format";

const BOX = { width: 328, height: 148, pad: 30 };
const OLD_MS = 120_000;
const LABEL = 12; // beside a mark
const HOUSE = 18; // half as wide as the home is drawn
const WIDE = 13; // a Chinese character, about
const SLIM = 8; // a Latin letter, about
const NORTH = { width: 150, height: 52 }; // the corner of the arrow, with the words that reach into it
const EDGE = 64; // a label nearer to the edge than this stands on the other side

export function Schematic({ place, label, village }: { place: Place; label: string; village: string }) {
  const home = pointOf(place);
  if (!home) return null;
  const here = fix.value;
  const outline = (place.outline ?? []).flatMap(([lat, lon]): Point[] =>
    lat === undefined || lon === undefined ? [] : [{ lat, lon }],
  );
  const drawn = plan([home, ...(here ? [here] : []), ...(here ? [] : outline)], BOX);
  const way = wayTo(place, here);
  const words = way
    ? say("map.far", { far: far(way.metres), wind: direction(way.degrees) })
    : say("map.home");
  return (
    <svg class="schem" viewBox={`0 0 ${BOX.width} ${BOX.height}`} role="img" aria-label={words}>
      {outline.length > 2 && <path class="ground" d={line(drawn, outline)} />}
      {here && <path class="way" d={`M${pair(drawn.at(here))}L${pair(drawn.at(home))}`} />}
      <Home drawn={drawn} home={home} label={label} village={village} />
      {here && <Here drawn={drawn} here={here} home={home} accuracy={here.accuracy} age={ticking.value - here.at} />}
      <Scale drawn={drawn} me={here ? drawn.at(here) : null} />
    </svg>
  );
}

function line(drawn: Plan, points: readonly Point[]): string {
  return `M${points.map((point) => pair(drawn.at(point))).join("L")}Z`;
}

function pair({ x, y }: { x: number; y: number }): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

interface HereProps {
  drawn: Plan;
  here: Point;
  home: Point;
  accuracy: number;
  age: number;
}

function Here({ drawn, here, home, accuracy, age }: HereProps) {
  const { x, y } = drawn.at(here);
  const words = `${say("map.you")} · ${ago(age)}`;
  return (
    <g class={age > OLD_MS ? "is-old" : undefined}>
      <circle class="acc" cx={x} cy={y} r={Math.min(Math.max(accuracy * drawn.perMetre, 10), BOX.height)} />
      <circle class="me" cx={x} cy={y} r="7" />
      <text {...beside(x, y, drawn.at(home).x, words)}>{words}</text>
    </g>
  );
}

/** Where the words about me stand: on the side that the way does not take, or above where that side is too narrow. */
function beside(x: number, y: number, homeX: number, words: string): { x: number; y: number; "text-anchor": "start" | "end" } {
  const aside = Math.abs(homeX - x) < HOUSE ? LABEL + HOUSE : LABEL;
  const room = aside + [...words].reduce((sum, letter) => sum + (letter > "\u2e7f" ? WIDE : SLIM), 0);
  if (homeX >= x && x > room) return { x: x - aside, y: y + 4, "text-anchor": "end" };
  if (homeX < x && x < BOX.width - room) return { x: x + aside, y: y + 4, "text-anchor": "start" };
  const right = x > BOX.width / 2;
  return { x: right ? BOX.width - 6 : 6, y: y > 40 ? y - 16 : y + 26, "text-anchor": right ? "end" : "start" };
}

function Home({ drawn, home, label, village }: { drawn: Plan; home: Point; label: string; village: string }) {
  const { x, y } = drawn.at(home);
  const left = x > BOX.width - EDGE - LABEL;
  const at = { x: left ? x - LABEL - 6 : x + LABEL + 6, "text-anchor": left ? "end" : "start" } as const;
  return (
    <>
      <path class="home" d={`M${pair({ x, y: y - 15 })}l15 12v15h-30v-15z`} />
      <text class="t-b" y={y - 2} {...at}>
        {label}
      </text>
      <text y={y + 13} {...at}>
        {village}
      </text>
    </>
  );
}

function Scale({ drawn, me }: { drawn: Plan; me: { x: number; y: number } | null }) {
  const { metres, length } = drawn.bar;
  const low = BOX.height - 8;
  const taken = me !== null && me.x > BOX.width - NORTH.width && me.y < NORTH.height;
  const north = taken ? 14 : BOX.width - 14;
  return (
    <>
      <path class="schem__line" d={`M8 ${low}h${length.toFixed(1)}M8 ${low - 4}v8M${(8 + length).toFixed(1)} ${low - 4}v8`} />
      <text x={14 + length} y={low + 4}>
        {far(metres)}
      </text>
      <path class="schem__line" d={`M${north} 26v-18m-4 5l4-6 4 6`} />
      <text x={north} y="40" text-anchor="middle">
        {say("map.north")}
      </text>
    </>
  );
}
