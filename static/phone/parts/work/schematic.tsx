// A sketch of the way without tiles: me, the home, how sure the position is, a scale, north, and the ground's line.
import type { Point } from "../../../shared/lib/geo";
import { apart, around, beside, clearest, type Rect, type Side, type Spot, widthOf } from "../../../shared/lib/labels";
import { type Plan, plan } from "../../../shared/lib/plan";
import { ago, far, whereabouts } from "../../../shared/words/format";
import { fix, ticking } from "../../data/disk/store";
import { type Place, pointOf, wayTo } from "../../domain/work/way";
import { say } from "../../words/assignment";

const BOX = { width: 328, height: 148, pad: 30 };
const OLD_MS = 120_000;
const HOUSE = 17; // half as wide as the home is drawn
const ME = 10; // half as wide as my mark
const LINE = 15; // of small print
const NORTH = { width: 28, height: 44 };

export function Schematic({ place, label, village }: { place: Place; label: string; village: string }) {
  const home = pointOf(place);
  if (!home) return null;
  const here = fix.value;
  const outline = (place.outline ?? []).flatMap(([lat, lon]): Point[] =>
    lat === undefined || lon === undefined ? [] : [{ lat, lon }],
  );
  const drawn = plan([home, ...(here ? [here] : []), ...(here ? [] : outline)], BOX);
  const way = wayTo(place, here);
  const words = way ? say("map.far", { where: whereabouts(way) }) : say("map.home");
  const said = here ? `${say("map.you")} · ${ago(ticking.value - here.at)}` : "";
  const { house, me, north, named, mine } = placed(drawn, home, here, [label, village], said);
  return (
    <svg class="schem" viewBox={`0 0 ${BOX.width} ${BOX.height}`} role="img" aria-label={words}>
      {outline.length > 2 && <path class="ground" d={line(drawn, outline)} />}
      {me && <path class="way" d={`M${pair(me)}L${pair(house)}`} />}
      <path class="home" d={`M${pair({ x: house.x, y: house.y - 15 })}l15 12v15h-30v-15z`} />
      <Words at={named} lines={[label, village]} bold />
      {me && here && (
        <g class={ticking.value - here.at > OLD_MS ? "is-old" : undefined}>
          <circle
            class="acc"
            cx={me.x}
            cy={me.y}
            r={Math.min(Math.max(here.accuracy * drawn.perMetre, 10), BOX.height)}
          />
          <circle class="me" cx={me.x} cy={me.y} r="7" />
          {mine && <Words at={mine} lines={[said]} />}
        </g>
      )}
      <Scale drawn={drawn} north={north.x + NORTH.width / 2} />
    </svg>
  );
}

/** Where everything stands: marks at their points, then north, the home's words and mine where there is room. */
function placed(drawn: Plan, home: Point, here: Point | null, names: readonly string[], said: string) {
  const [house, me] = here ? apart(drawn.at(home), drawn.at(here), HOUSE + ME) : [drawn.at(home), null];
  const bar = { x: 0, y: BOX.height - 18, width: drawn.bar.length + 14 + widthOf(far(drawn.bar.metres)), height: 18 };
  const taken: Rect[] = [around(house, HOUSE), ...(me ? [around(me, ME)] : []), bar];
  const take = <S extends Rect>(spots: readonly S[]): S => {
    const spot = clearest(spots as readonly [S, ...S[]], taken, BOX);
    taken.push(spot);
    return spot;
  };
  const north = take([BOX.width - NORTH.width, 0].map((x) => ({ x, y: 0, ...NORTH })));
  const away = (from: { x: number }, other: { x: number } | null): Side[] =>
    other !== null && other.x > from.x ? ["left", "right", "above", "below"] : ["right", "left", "above", "below"];
  const size = (lines: readonly string[]) => ({ width: Math.max(...lines.map(widthOf)), height: LINE * lines.length });
  const named = take(beside(around(house, HOUSE), size(names), BOX, away(house, me)));
  const mine = me && take(beside(around(me, ME), size([said]), BOX, away(me, house)));
  return { house, me, north, named, mine };
}

function line(drawn: Plan, points: readonly Point[]): string {
  return `M${points.map((point) => pair(drawn.at(point))).join("L")}Z`;
}

function pair({ x, y }: { x: number; y: number }): string {
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

function Scale({ drawn, north }: { drawn: Plan; north: number }) {
  const { metres, length } = drawn.bar;
  const low = BOX.height - 8;
  return (
    <>
      <path
        class="schem__line"
        d={`M8 ${low}h${length.toFixed(1)}M8 ${low - 4}v8M${(8 + length).toFixed(1)} ${low - 4}v8`}
      />
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
