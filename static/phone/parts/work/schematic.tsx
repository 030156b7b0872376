// A sketch of the way without tiles: me, the home, how sure the position is, a scale, north, and the ground's line.
import type { Point } from "../../../shared/lib/geo";
import {
  along,
  apart,
  around,
  beside,
  between,
  clearest,
  type Dot,
  type Rect,
  type Side,
  type Spot,
  widthOf,
} from "../../../shared/lib/labels";
import { type Plan, plan } from "../../../shared/lib/plan";
import { GRADING, type Risk } from "../../../shared/server/generated";
import { ago, far, whereabouts } from "../../../shared/words/format";
import { fix, ticking } from "../../data/disk/store";
import { bearingTo, type Place, pointOf } from "../../domain/work/place";
import { say } from "../../words/assignment";

const BOX = { width: 328, height: 132, pad: 28 };
const HOUSE = 17; // half as wide as the home is drawn
const ME = 10; // half as wide as my mark
const SURE = 30; // half as wide as the circle of a coarse position is kept free of words
const LINE = 15; // of small print
const NORTH = { width: 28, height: 44 };

interface SchematicProps {
  place: Place;
  risk: Risk;
  label: string;
  village: string;
}

export function Schematic({ place, risk, label, village }: SchematicProps) {
  const home = pointOf(place);
  if (!home) return null;
  const here = fix.value;
  const outline = (place.outline ?? []).flatMap(([lat, lon]): Point[] =>
    lat === undefined || lon === undefined ? [] : [{ lat, lon }],
  );
  const drawn = plan([home, ...(here ? [here] : []), ...(here ? [] : outline)], BOX);
  const way = bearingTo(place, here);
  const words = way ? say("map.far", { where: whereabouts(way) }) : say("map.home");
  const said = here ? `${say("map.you")} · ${ago(ticking.value - here.at)}` : "";
  const sure = here ? Math.min(Math.max(here.accuracy * drawn.perMetre, ME), BOX.height) : 0;
  const {
    house,
    me,
    way: route,
    bar,
    north,
    named,
    mine,
  } = placed(drawn, { home, here, sure }, [label, village], said);
  return (
    <svg class="schem" viewBox={`0 0 ${BOX.width} ${BOX.height}`} role="img" aria-label={words}>
      {outline.length > 2 && <path class="ground" d={line(drawn, outline)} />}
      {route && <path class="way" d={`M${route.map(pair).join("L")}`} />}
      <path class={`home home--${risk}`} d={`M${pair({ x: house.x, y: house.y - 15 })}l15 12v15h-30v-15z`} />
      <Words at={named} lines={[label, village]} bold />
      {me && here && (
        <g class={ticking.value - here.at > GRADING.old_after_s * 1000 ? "is-old" : undefined}>
          <circle class="acc" cx={me.x} cy={me.y} r={sure} />
          <circle class="me" cx={me.x} cy={me.y} r="7" />
          {mine && <Words at={mine} lines={[said]} />}
        </g>
      )}
      <Scale drawn={drawn} bar={bar} />
      <North at={north} />
    </svg>
  );
}

interface Marks {
  home: Point;
  here: Point | null;
  sure: number; // how far from `here` the phone may be, in units of the sketch
}

/** Where everything stands: marks at their points, the way between them, then words, scale and north where there is room. */
function placed(drawn: Plan, { home, here, sure }: Marks, names: readonly string[], said: string) {
  const [house, me] = here ? apart(drawn.at(home), drawn.at(here), HOUSE + ME) : [drawn.at(home), null];
  const way = me && between(me, house, ME, HOUSE);
  const mark = me && around(me, Math.min(sure, SURE));
  const taken: Rect[] = [around(house, HOUSE), ...(mark ? [mark] : []), ...(way ? along(...way) : [])];
  const take = <S extends Rect>(spots: readonly S[]): S => {
    const spot = clearest(spots as readonly [S, ...S[]], taken, BOX);
    taken.push(spot);
    return spot;
  };
  const away = (from: Dot, other: Dot | null): Side[] =>
    other !== null && other.x > from.x ? ["left", "right", "above", "below"] : ["right", "left", "above", "below"];
  const size = (lines: readonly string[]) => ({ width: Math.max(...lines.map(widthOf)), height: LINE * lines.length });
  const named = take(beside(around(house, HOUSE), size(names), BOX, away(house, me)));
  const mine = me && mark && take(beside(mark, size([said]), BOX, away(me, house)));
  const scale = { width: drawn.bar.length + 14 + widthOf(far(drawn.bar.metres)), height: 18 };
  const bar = take(corners(scale, ["left bottom", "right bottom", "left top"]));
  const north = take(corners(NORTH, ["right top", "left top", "right bottom", "left bottom"]));
  return { house, me, way, bar, north, named, mine };
}

type Corner = `${"left" | "right"} ${"top" | "bottom"}`;

/** The corners of the sketch as places for something of a size. */
function corners({ width, height }: { width: number; height: number }, which: readonly Corner[]): Rect[] {
  return which.map((corner) => ({
    x: corner.startsWith("left") ? 0 : BOX.width - width,
    y: corner.endsWith("top") ? 0 : BOX.height - height,
    width,
    height,
  }));
}

function line(drawn: Plan, points: readonly Point[]): string {
  return `M${points.map((point) => pair(drawn.at(point))).join("L")}Z`;
}

function pair({ x, y }: Dot): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

function Words({ at, lines, bold }: { at: Spot; lines: readonly string[]; bold?: boolean }) {
  const x = at.end ? at.x + at.width : at.x;
  return (
    <>
      {lines.map((words, place) => (
        <text
          key={place}
          class={bold && place === 0 ? "t-b" : undefined}
          x={x}
          y={at.y + LINE * (place + 1) - 3}
          text-anchor={at.end ? "end" : "start"}
        >
          {words}
        </text>
      ))}
    </>
  );
}

function Scale({ drawn, bar }: { drawn: Plan; bar: Dot }) {
  const { metres, length } = drawn.bar;
  const [x, y] = [bar.x + 8, bar.y + 10];
  return (
    <>
      <path
        class="schem__line"
        d={`M${x} ${y}h${length.toFixed(1)}M${x} ${y - 4}v8M${(x + length).toFixed(1)} ${y - 4}v8`}
      />
      <text x={x + 6 + length} y={y + 4}>
        {far(metres)}
      </text>
    </>
  );
}

function North({ at }: { at: Rect }) {
  const x = at.x + at.width / 2;
  return (
    <>
      <path class="schem__line" d={`M${x} ${at.y + 26}v-18m-4 5l4-6 4 6`} />
      <text x={x} y={at.y + 40} text-anchor="middle">
        {say("map.north")}
      </text>
    </>
  );
}
