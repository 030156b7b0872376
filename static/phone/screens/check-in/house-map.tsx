// The ground around the home at the scale of the house, north up: the door, the ring of 50 m, me and how sure that is.
import { bearing, distance, type Point, wind } from "../../../shared/lib/geo";
import { along, around, beside, clearest, type Rect, type Side, type Spot, widthOf } from "../../../shared/lib/labels";
import { GRADING, type Risk } from "../../../shared/server/generated";
import { fact } from "../../../shared/words/facts";
import { far } from "../../../shared/words/format";
import type { Fix } from "../../data/disk/store";
import { GROUND, spotAround } from "../../domain/visit/around-home";
import { say } from "../../words/check-in";
import { say as sayWork } from "../../words/work";

const BOX = { width: 328, height: 244 };
const UNIT = BOX.width / 2 / GROUND.east; // of the drawing, a metre
const MIDDLE = { x: BOX.width / 2, y: BOX.height / 2 };
const HOUSE = 22; // half as wide as the home is drawn
const ME = 14; // half as wide as my mark
const LINE = 16; // of small print
const BAR_M = 20;
const RING = GRADING.at_the_house_m * UNIT;
const DOOR = GRADING.at_the_door_m * UNIT;
const CORNERS: Rect[] = [
  { x: 0, y: 0, width: 84, height: 46 }, // the scale
  { x: BOX.width - 34, y: 0, width: 34, height: 56 }, // north
];

interface HouseMapProps {
  home: Point;
  here: Fix | null;
  who: string;
  risk: Risk;
}

export function HouseMap({ home, here, who, risk }: HouseMapProps) {
  const me = here && placed(home, here);
  const named = say("map.home", { who });
  const door = say("map.door", { m: far(GRADING.at_the_door_m) });
  const wide = here ? Math.max(ME, here.accuracy * UNIT) : 0; // half as wide as the circle of accuracy
  const mine = me?.within || !here ? say("map.you") : `${say("map.you")} · ${away(home, here)}`;
  const sure = here && me?.within ? say("map.fix", { m: far(here.accuracy) }) : "";
  const spots = labelled(me && { ...me, wide }, { named, door, mine, sure });
  return (
    <svg class="schem" viewBox={`0 0 ${BOX.width} ${BOX.height}`} role="img" aria-label={told(home, here)}>
      <circle class="ring50" cx={MIDDLE.x} cy={MIDDLE.y} r={RING} />
      <circle class="ring15" cx={MIDDLE.x} cy={MIDDLE.y} r={DOOR} />
      {me?.within && here && <circle class="acc" cx={me.x} cy={me.y} r={wide} />}
      {me && <path class="gap" d={`M${me.x.toFixed(1)} ${me.y.toFixed(1)}L${MIDDLE.x} ${MIDDLE.y}`} />}
      <path
        class={`home home--${risk}`}
        d={`M${MIDDLE.x} ${MIDDLE.y - HOUSE}l${HOUSE} 16v${HOUSE + 2}h-${2 * HOUSE}v-${HOUSE + 2}z`}
      />
      {me && <circle class={me.within ? "me" : "me me--away"} cx={me.x} cy={me.y} r="10" />}
      <Words at={spots.named} words={named} look="t-b" />
      <Words at={spots.door} words={door} look="t-ok" />
      {spots.mine && <Words at={spots.mine} words={mine} look="t-here" />}
      {spots.sure && <Words at={spots.sure} words={sure} />}
      <Words at={spots.ring} words={far(GRADING.at_the_house_m)} look="halo" />
      <Frame />
    </svg>
  );
}

/** Where my mark stands on the drawing. */
function placed(home: Point, here: Point): { x: number; y: number; within: boolean } {
  const { east, north, within } = spotAround(home, here, (ME + 2) / UNIT);
  return { x: MIDDLE.x + east * UNIT, y: MIDDLE.y - north * UNIT, within };
}

/** How far somebody is who is off the drawing. */
function away(home: Point, here: Point): string {
  return far(distance(home, here));
}

function told(home: Point, here: Fix | null): string {
  if (!here) return say("map");
  return say("map.me", { m: away(home, here), d: sayWork(`wind.${wind(bearing(home, here))}`), a: far(here.accuracy) });
}

interface Labels {
  named: string;
  door: string;
  mine: string;
  sure: string;
}

/** Where the words stand: above the home and below me, unless the way is there; the others where they touch nothing. */
function labelled(me: { x: number; y: number; wide: number } | null, { named, door, mine, sure }: Labels) {
  const way = me ? [around(me, ME), ...along(me, MIDDLE)] : [];
  const taken: Rect[] = [around(MIDDLE, HOUSE), ...way, ...CORNERS];
  const take = (mark: Rect, words: string, sides: Side[]): Spot => {
    const size = { width: widthOf(words), height: LINE };
    const spot = clearest(beside(mark, size, BOX, sides) as [Spot, ...Spot[]], taken, BOX);
    taken.push(spot);
    return spot;
  };
  const ring = RING * Math.SQRT1_2;
  const south = me === null || me.y < MIDDLE.y; // its words stand in the half where I am not
  const far50 = { x: MIDDLE.x + ring, y: MIDDLE.y + (south ? ring : -ring) - LINE / 2, width: 0, height: LINE };
  const east = me !== null && me.x > MIDDLE.x;
  const outside: Side[] = east ? ["left", "right", "below", "above"] : ["right", "left", "below", "above"];
  return {
    named: take(around(MIDDLE, DOOR), named, ["above", "below"]),
    door: take(around(MIDDLE, DOOR), door, outside),
    mine: me && take(around(me, ME), mine, ["below", "left", "right", "above"]),
    sure: me && sure && take(edgeOf(me), sure, outside),
    ring: take(far50, far(GRADING.at_the_house_m), ["right"]),
  };
}

/** The lower half of a circle, beside which its words stand, where that is on the drawing. */
function edgeOf({ x, y, wide }: { x: number; y: number; wide: number }): Rect {
  const half = Math.min(wide, BOX.width / 4);
  return { x: x - half, y: y + half / 2, width: 2 * half, height: LINE };
}

function Words({ at, words, look }: { at: Spot; words: string; look?: string }) {
  return (
    <text class={look} x={at.end ? at.x + at.width : at.x} y={at.y + LINE - 4} text-anchor={at.end ? "end" : "start"}>
      {words}
    </text>
  );
}

/** The scale and north. */
function Frame() {
  const length = BAR_M * UNIT;
  const north = BOX.width - 18;
  return (
    <>
      <path class="scale" d={`M14 18h${length}M14 13v10M${14 + length} 13v10`} />
      <text class="halo" x={14 + length / 2} y="38" text-anchor="middle">
        {far(BAR_M)}
      </text>
      <path class="scale" d={`M${north} 36V14m-5 6.5l5-7.5 5 7.5`} />
      <text class="halo" x={north} y="52" text-anchor="middle">
        {fact("wind.N")}
      </text>
    </>
  );
}
