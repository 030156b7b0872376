// Where to go: the sketch, the place in words, how far, and the way into the officer's own map app.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Point } from "../../../shared/lib/geo";
import { Icon } from "../../../shared/parts/icon";
import { lazy } from "../../../shared/parts/lazy";
import { Sheet } from "../../../shared/parts/sheet";
import { GRADING } from "../../../shared/server/generated";
import { ago, far, isHere, span, whereabouts } from "../../../shared/words/format";
import { chooseNav, lastNav, platform } from "../../data/device/nav-choice";
import { appInfo, fix, ticking } from "../../data/disk/store";
import { groundCalled, writtenOut } from "../../data/work/readings";
import { isWeb, type NavApp, navApps, navLink, type Platform } from "../../domain/work/nav";
import { bearingTo, minutesTo, pointOf, street, village } from "../../domain/work/place";
import type { View } from "../../domain/work/view";
import { NoPosition } from "../../parts/work/compass";
import { Ground } from "../../parts/work/name";
import { say } from "../../words/assignment";
import { say as sayWork } from "../../words/work";

const Sketch = lazy(async () => (await import("../../parts/work/schematic")).Schematic, {
  waiting: () => <div class="schem schem--waiting" />,
  absent: () => null, // the words below say the same
});
const BigMap = lazy(async () => (await import("./big-map")).BigMap, {
  waiting: () => <p class="second">{say("map.loading")}</p>,
  absent: () => <p class="second">{say("map.absent")}</p>,
});

export function Where({ view }: { view: View }) {
  const { case: about, place, resident } = view.assignment;
  const [big, setBig] = useState(false);
  const home = pointOf(place);
  const source = appInfo.value?.map;
  const tiles = source?.tiles;
  return (
    <section class="card card--none" aria-label={groundCalled(place)}>
      {home && (
        <Sketch
          place={place}
          risk={about.risk}
          label={writtenOut(resident.short_name)}
          village={writtenOut(village(place))}
        />
      )}
      <div class="place">
        <div class="grow">
          <p class="b">
            <Ground place={place} />
          </p>
          {street(place) && <p class="t2">{street(place)}</p>}
        </div>
        {home && <Navigate to={home} name={village(place) || say("nav.place")} />}
        <div class="place__way">
          <FarLine view={view} />
          <NoPosition />
        </div>
      </div>
      {home && source && tiles && (
        <button class="btn btn--plain btn--wide where__big" type="button" onClick={() => setBig(true)}>
          <Icon name="full" />
          {say("map.big")}
        </button>
      )}
      {big && source && tiles && (
        <Sheet title={groundCalled(place)} onClose={() => setBig(false)} tall>
          <BigMap place={place} risk={about.risk} source={{ ...source, tiles }} />
        </Sheet>
      )}
    </section>
  );
}

/** How far, in which direction and about how long; how old and sure the position is where that must be known. */
function FarLine({ view }: { view: View }) {
  const { place } = view.assignment;
  const here = fix.value;
  const way = bearingTo(place, here);
  if (!pointOf(place)) return <p class="hint">{sayWork("place.none")}</p>;
  if (!way || !here) return null;
  const minutes = isHere(way.metres) ? "" : ` · ${say("way.minutes", { t: span(minutesTo(way.metres) * 60_000) })}`;
  const doubtful = here.accuracy > GRADING.usable_m || ticking.value - here.at > GRADING.old_after_s * 1000;
  return (
    <>
      <p class="t2 m">{whereabouts(way, " · ") + minutes}</p>
      {doubtful && <p class="hint">{say("way.fix", { t: ago(ticking.value - here.at), m: far(here.accuracy) })}</p>}
    </>
  );
}

function Navigate({ to, name }: { to: Point; name: string }) {
  const [choosing, setChoosing] = useState(false);
  const last = lastNav.value;
  return (
    <div class="where__nav">
      {last ? (
        <>
          <NavLink app={last} on={platform} to={to} name={name} look="btn btn--soft">
            <Icon name="nav" />
            <span>
              {say("nav")}
              <small>{say(`app.${last}`)}</small>
            </span>
          </NavLink>
          <button class="btn btn--plain" type="button" onClick={() => setChoosing(true)}>
            {say("nav.other")}
          </button>
        </>
      ) : (
        <button class="btn btn--soft" type="button" onClick={() => setChoosing(true)}>
          <Icon name="nav" />
          {say("nav")}
        </button>
      )}
      {choosing && <Choose to={to} name={name} onClose={() => setChoosing(false)} />}
    </div>
  );
}

function Choose({ to, name, onClose }: { to: Point; name: string; onClose: () => void }) {
  return (
    <Sheet title={say("nav.choose")} onClose={onClose}>
      <ul class="menu">
        {navApps(platform, lastNav.value).map((app) => (
          <li key={app} class="row">
            <NavLink app={app} on={platform} to={to} name={name} look="btn menu__go grow">
              {say(`app.${app}`)}
            </NavLink>
            {!isWeb(navLink(app, platform, to, name)) && app !== "geo" && (
              <NavLink app={app} on="other" to={to} name={name} look="btn btn--plain">
                {say("web")}
              </NavLink>
            )}
          </li>
        ))}
      </ul>
      <p class="hint">{say("nav.what")}</p>
    </Sheet>
  );
}

interface NavLinkProps {
  app: NavApp;
  on: Platform;
  to: Point;
  name: string;
  look: string;
  children: ComponentChildren;
}

function NavLink({ app, on, to, name, look, children }: NavLinkProps) {
  const link = navLink(app, on, to, name);
  const apart = isWeb(link) ? ({ target: "_blank", rel: "noopener noreferrer" } as const) : {};
  return (
    <a class={look} href={link} onClick={() => chooseNav(app)} {...apart}>
      {children}
    </a>
  );
}
