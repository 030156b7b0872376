// The bigger map, with the tiles of whoever runs the server: every point is moved into the datum of those tiles.
import type { CircleMarker, Map as Leaflet } from "leaflet";
import { useRef, useState } from "preact/hooks";
import "leaflet/dist/leaflet.css";
import { type Point, toDatum } from "../../../shared/lib/geo";
import { allowLeaflet } from "../../../shared/lib/trusted";
import { Icon } from "../../../shared/parts/icon";
import { useOnce } from "../../../shared/parts/once";
import type { Risk } from "../../../shared/server/generated";
import { type AppInfo, fix } from "../../data/disk/store";
import { type Place, pointOf } from "../../domain/work/place";
import { say } from "../../words/assignment";

const CLOSE = 16;

interface Drawn {
  map: Leaflet;
  show: () => void;
}

interface BigMapProps {
  place: Place;
  risk: Risk;
  source: AppInfo["map"] & { tiles: string };
}

export function BigMap({ place, risk, source }: BigMapProps) {
  const ground = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const [absent, setAbsent] = useState(false);
  useOnce(() => {
    let gone = false;
    let made: Drawn | null = null;
    const element = ground.current;
    if (!element) return undefined;
    draw(element, { place, risk, source })
      .then((next) => {
        made = next;
        if (gone) next.map.remove();
        else setDrawn(next);
      })
      .catch(() => setAbsent(true));
    return () => {
      gone = true;
      made?.map.remove();
    };
  });
  if (absent) return <p class="second">{say("map.absent")}</p>;
  return (
    <div class="bigmap">
      <div class="bigmap__ground" ref={ground} role="img" aria-label={say("map.big")} />
      <div class="bigmap__acts">
        <MapButton words={say("map.in")} icon="plus" onClick={() => drawn?.map.zoomIn()} />
        <MapButton words={say("map.out")} icon="minus" onClick={() => drawn?.map.zoomOut()} />
        <MapButton words={say("map.centre")} icon="house" onClick={() => drawn?.show()} />
      </div>
      {source.attribution && <p class="bigmap__by">{source.attribution}</p>}
    </div>
  );
}

function MapButton({ words, icon, onClick }: { words: string; icon: "plus" | "minus" | "house"; onClick: () => void }) {
  return (
    <button class="btn btn--icon" type="button" aria-label={words} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

async function draw(element: HTMLElement, { place, risk, source }: BigMapProps): Promise<Drawn> {
  allowLeaflet();
  const L = (await import("leaflet")).default;
  const shift = (point: Point): [number, number] => {
    const moved = toDatum(point, source.datum);
    return [moved.lat, moved.lon];
  };
  // Its own buttons and its line of credit write markup, which this page forbids: ours stand beside it.
  const map = L.map(element, { zoomControl: false, attributionControl: false });
  L.tileLayer(source.tiles, { maxZoom: 19 }).addTo(map);
  const home = pointOf(place);
  const mark = (point: Point, className: string, radius: number): CircleMarker =>
    L.circleMarker(shift(point), { className, radius }).addTo(map);
  const outline = (place.outline ?? []).map(([lat = 0, lon = 0]) => shift({ lat, lon }));
  if (outline.length > 2) L.polygon(outline, { className: "bigmap__outline" }).addTo(map);
  const here = fix.peek();
  if (here) {
    L.circle(shift(here), { radius: here.accuracy, className: "bigmap__acc" }).addTo(map);
    mark(here, "bigmap__me", 8);
  }
  if (home) mark(home, `bigmap__home bigmap__home--${risk}`, 10);
  const show = (): void => {
    const points = [home, here].filter((point) => point !== null).map(shift);
    if (points.length > 1) map.fitBounds(L.latLngBounds(points), { padding: [48, 48], maxZoom: CLOSE });
    else if (points[0]) map.setView(points[0], CLOSE);
  };
  show();
  return { map, show };
}
