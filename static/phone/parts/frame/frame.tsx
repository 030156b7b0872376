// The frame of a screen: a head, what scrolls, and the dock with the one next step, in reach of the thumb.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Icon, type IconName } from "../../../shared/parts/icon";
import { t } from "../../../shared/words/core";
import { stuck } from "../../data/disk/patience";
import { word } from "../../words/app";
import { SyncBar } from "./sync-bar";
import { type Tab, Tabs } from "./tabs";

interface ScreenProps {
  title: ComponentChildren;
  name?: string; // the page's title, where the heading is more than words
  back?: string | (() => void); // where the arrow leads
  head?: ComponentChildren; // beside the heading
  tab?: Tab; // a screen with the main navigation
  dock?: ComponentChildren; // the next step
  paper?: boolean; // shown to a resident: white in every theme
  form?: boolean;
  children: ComponentChildren;
}

/** One screen. Its heading takes the focus when it opens, so that a screen reader says where one is. */
export function Screen({ title, name, back, head, tab, dock, paper, form, children }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const scroller = useKeptScroll(tab);
  const page = name ?? (typeof title === "string" ? title : "");
  useEffect(() => {
    document.title = page ? `${page} · ${t("app.name")}` : t("app.name");
  }, [page]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  const content = (
    <>
      <header class={back ? "top top--back" : "top"}>
        {back !== undefined && <Back to={back} />}
        <h1 class={back ? "sm grow" : "grow"} ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {head && <div class="top__head">{head}</div>}
      </header>
      <main class={form ? "main main--form" : "main"}>{children}</main>
    </>
  );
  if (tab !== undefined) {
    return (
      <div class="app app--tabs">
        <div class="app__over" ref={scroller}>
          {content}
        </div>
        <footer class="dock dock--nav">
          <SyncBar />
          <Stuck />
          {dock && <div class="nextup">{dock}</div>}
          <Tabs current={tab} />
        </footer>
      </div>
    );
  }
  return (
    <div class={paper ? "app app--paper" : "app"}>
      {content}
      {(dock || stuck.value) && (
        <footer class={paper ? "dock dock--paper" : "dock"}>
          <Stuck />
          {dock}
        </footer>
      )}
    </div>
  );
}

const scrolled = new Map<Tab, number>(); // pixels

/** A main screen stands where it was left when one comes back to it. */
function useKeptScroll(tab: Tab | undefined) {
  const scroller = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const over = scroller.current;
    if (!over || tab === undefined) return;
    over.scrollTop = scrolled.get(tab) ?? 0;
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

/** The one big next step of a screen. */
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
      <a class={look} href={href}>
        {inside}
      </a>
    );
  }
  return (
    <button class={look} type="button" onClick={onClick}>
      {inside}
    </button>
  );
}

/** What is said on every screen while the phone's storage does not answer. */
export function Stuck() {
  if (!stuck.value) return null;
  return (
    <Note tone="high" alert>
      {word("disk.stuck")}
    </Note>
  );
}

interface NoteProps {
  tone?: "high" | "ok" | "calm";
  icon?: IconName;
  alert?: boolean; // read out at once
  children: ComponentChildren;
}

/** A sentence that must be read. */
export function Note({ tone, icon, alert, children }: NoteProps) {
  return (
    <p class={tone ? `note note--${tone}` : "note"} role={alert ? "alert" : undefined}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </p>
  );
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
