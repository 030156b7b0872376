// The frame of a screen: a head, what scrolls, and the dock with the one next step, in reach of the thumb.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import "./frame.css";
import { Icon, type IconName } from "../../../shared/parts/icon";
import { asAct, asScreen } from "../../../shared/parts/taps";
import { t } from "../../../shared/words/core";
import { slow, stuck } from "../../data/disk/slow-storage";
import { draftFault, fault } from "../../data/disk/store";
import { word } from "../../words/app";
import { Note } from "./note";
import { SyncBar } from "./sync-bar";
import { type Tab, Tabs } from "./tabs";
import { useTitle } from "./title";
import { isTold, Told } from "./told";

export { Note };

interface ScreenProps {
  title: ComponentChildren;
  name?: string; // the page's title, where the heading is more than words
  back?: string | (() => void); // where the arrow leads
  head?: ComponentChildren; // beside the heading
  tab?: Tab; // a screen with the main navigation
  dock?: ComponentChildren; // the next step
  paper?: boolean; // shown to a resident: white in every theme
  form?: boolean;
  beside?: boolean; // the list at the left of an open case: the page is the case's
  children: ComponentChildren;
}

/** One screen. Its heading takes the focus when it opens, so that a screen reader says where one is. */
export function Screen({ title, name, back, head, tab, dock, paper, form, beside = false, children }: ScreenProps) {
  const heading = useHeading(name ?? (typeof title === "string" ? title : ""), beside);
  const Main = beside ? "div" : "main";
  const scroller = useKeptScroll(tab);
  const content = (
    <>
      <header class={back ? "top top--back" : "top"}>
        {back !== undefined && <Back to={back} />}
        <h1 class={back ? "sm grow" : "grow"} ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {head && <div class="top__head">{head}</div>}
      </header>
      <Main class={form ? "main main--form" : "main"}>{children}</Main>
    </>
  );
  if (tab !== undefined) {
    return (
      <div class="app app--tabs" ref={asScreen}>
        <div class="app__over" ref={scroller}>
          {content}
        </div>
        <footer class="dock dock--nav">
          <SyncBar />
          {!beside && <Stuck />}
          {!beside && <Told />}
          {dock && (
            <div class="nextup" ref={asAct}>
              {dock}
            </div>
          )}
          <Tabs current={tab} />
        </footer>
      </div>
    );
  }
  return (
    <div class={paper ? "app app--paper" : "app"} ref={asScreen}>
      {content}
      {(dock || slow.value || fault.value || draftFault.value || isTold()) && (
        <footer class={paper ? "dock dock--paper" : "dock"} ref={asAct}>
          <Stuck />
          <Told />
          {dock}
        </footer>
      )}
    </div>
  );
}

/** The page is called `page`, and is read from its heading when it opens; not what only stands `beside` another. */
function useHeading(page: string, beside: boolean) {
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(beside ? null : page);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it opens, once
  useEffect(() => {
    if (!beside) heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}

const scrolled = new Map<Tab, number>(); // pixels

/** A main screen stands where it was left when one comes back to it. */
function useKeptScroll(tab: Tab | undefined) {
  const scroller = useRef<HTMLDivElement>(null);
  const fresh = useRef(true);
  useLayoutEffect(() => {
    const over = scroller.current;
    if (!over || tab === undefined) return;
    const left = scrolled.get(tab) ?? 0;
    if (left > 0 || !fresh.current) over.scrollTop = left; // the browser measures the whole page for it: not at the start
    fresh.current = false;
    const keep = (): void => void scrolled.set(tab, over.scrollTop);
    over.addEventListener("scroll", keep, { passive: true });
    return () => over.removeEventListener("scroll", keep);
  }, [tab]);
  return scroller;
}

function Back({ to }: { to: string | (() => void) }) {
  const icon = <Icon name="back" />;
  if (typeof to === "string") {
    return (
      <a class="btn btn--icon" href={to} aria-label={t("back")}>
        {icon}
      </a>
    );
  }
  return (
    <button class="btn btn--icon" type="button" onClick={to} aria-label={t("back")}>
      {icon}
    </button>
  );
}

interface GoProps {
  icon?: IconName;
  iconAfter?: IconName;
  onClick?: () => void;
  href?: string;
  children: ComponentChildren;
  calm?: boolean;
}

/** The one big next step of a screen; another step needs another `key`, so that a second tap does not take it. */
export function Go({ icon, iconAfter, onClick, href, children, calm }: GoProps) {
  const inside = (
    <>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {iconAfter && <Icon name={iconAfter} />}
    </>
  );
  const look = calm ? "btn btn--go btn--calm" : "btn btn--go";
  if (href !== undefined) {
    return (
      <a class={look} href={href} ref={asAct}>
        {inside}
      </a>
    );
  }
  return (
    <button class={look} type="button" onClick={onClick} ref={asAct}>
      {inside}
    </button>
  );
}

/** What is said on every screen while the phone's storage does not answer, and when a tap or a form came to nothing over it. */
export function Stuck() {
  const said = stuck.value ? "disk.stuck" : (fault.value ?? draftFault.value);
  if (said) {
    return <Note alert>{word(said)}</Note>;
  }
  return slow.value ? <Note tone="calm">{word("disk.slow")}</Note> : null;
}

/** A chip that is on or off. */
export function Chip({ on, onClick, children }: { on: boolean; onClick: () => void; children: ComponentChildren }) {
  return (
    <button class="chip" type="button" aria-pressed={on} onClick={onClick}>
      {on && <Icon name="check" />}
      {children}
    </button>
  );
}
