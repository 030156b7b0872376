// The worklist: what is most urgent first, how far it is, how long there is; today's done work; search.
import { useEffect, useState } from "preact/hooks";
import "../../parts/work/work.css";
import "./worklist.css";
import { Icon } from "../../../shared/parts/icon";
import { t } from "../../../shared/words/core";
import { dayOf } from "../../../shared/words/format";
import { duty, entries, now, views, work } from "../../data/disk/store";
import { called } from "../../data/work/readings";
import { doneToday } from "../../domain/work/done";
import { findViews, matches } from "../../domain/work/search";
import { GROUPS, nextStep, type View } from "../../domain/work/view";
import { DutyButton } from "../../parts/frame/duty";
import { Go, Note, Screen } from "../../parts/frame/frame";
import { NoPosition } from "../../parts/work/compass";
import { STEP_ICONS, stepHref, useStep } from "../../parts/work/step";
import { say } from "../../words/work";
import { DoneList } from "./done-list";
import { Empty } from "./empty";
import { JobNow, JobRow } from "./job";
import { Surroundings } from "./surroundings";
import { UndoToast } from "./undo-toast";
import { useSteady } from "./use-steady";

/** `open`: the case that it stands beside, on a wide screen. */
export function Worklist({ open = null }: { open?: string | null }) {
  const [query, setQuery] = useState<string | null>(null);
  const all = useSteady(views.value);
  const done = doneToday(work.value?.done_today ?? [], entries.value, dayOf(now.value), dayOf);
  const searching = query !== null && query.trim() !== "";
  const shown = searching ? findViews(all, query, called) : all;
  const cleared = done.filter((row) => row.status === "cleared").length;
  const ended = searching ? done.filter((row) => matches(query, [row.label, called(row.label), row.scam])) : done;
  return (
    <Screen
      title={say("title")}
      tab="work"
      beside={open !== null}
      head={
        <>
          <DutyButton />
          <SearchButton open={query !== null} onClick={() => setQuery(query === null ? "" : null)} />
        </>
      }
      dock={<Dock first={open === null ? (all[0] ?? null) : null} />}
    >
      {query !== null && <SearchField query={query} onInput={setQuery} />}
      <Surroundings />
      {duty.value?.on_duty === false && <Note tone="calm">{say("off.note")}</Note>}
      {all.length > 0 && <NoPosition />}
      <Groups views={shown} done={searching ? 0 : cleared} open={open} />
      {searching && shown.length + ended.length === 0 && <p class="second">{say("search.none")}</p>}
      {!searching && all.length === 0 && <Nothing done={cleared} />}
      <DoneList rows={ended} open={searching} />
    </Screen>
  );
}

let mostRows = 10; // more than a screen of them, for the first paint after the start
const MORE_ROWS = 20;

/** How many of `count` rows are drawn: what the screen shows at first, and more with each paint, so that no tap waits long. */
function useMostRows(count: number): number {
  const [most, setMost] = useState(mostRows);
  useEffect(() => {
    mostRows = most >= count ? Infinity : most; // the next time all at once: whoever comes back stands where they left
    if (most >= count) return;
    const frame = requestAnimationFrame(() => setTimeout(() => setMost(most + MORE_ROWS)));
    return () => cancelAnimationFrame(frame);
  }, [most, count]);
  return most;
}

function Groups({ views: shown, done, open }: { views: readonly View[]; done: number; open: string | null }) {
  let room = useMostRows(shown.length);
  return (
    <>
      {GROUPS.map((group) => {
        const rows = shown.filter((view) => view.group === group);
        if (rows.length === 0 || room <= 0) return null;
        const most = room;
        room -= rows.length;
        const first = group === "now" ? rows[0] : undefined;
        const others = first ? rows.slice(1) : rows;
        return (
          <section key={group} class="stack" aria-labelledby={`group-${group}`}>
            <div class="group">
              <h2 id={`group-${group}`}>{say(`group.${group}`)}</h2>
              <span class="n">
                {group === "today" && done > 0 ? say("group.today.n", { n: rows.length, done }) : rows.length}
              </span>
            </div>
            {first && <JobNow view={first} open={first.assignment.id === open} />}
            {others.length > 0 && (
              <div class="card card--none">
                {others.slice(0, most).map((view) => (
                  <JobRow key={view.assignment.id} view={view} open={view.assignment.id === open} />
                ))}
              </div>
            )}
          </section>
        );
      })}
    </>
  );
}

function Nothing({ done }: { done: number }) {
  if (work.value === null) return <Empty heading={say("never")}>{say("never.do")}</Empty>;
  return (
    <Empty heading={say("empty")}>
      {say(duty.value?.on_duty === false ? "empty.off" : "empty.on")} {done > 0 && say("empty.done", { n: done })}
    </Empty>
  );
}

function SearchButton({ open, onClick }: { open: boolean; onClick: () => void }) {
  return (
    <button
      class="btn btn--icon"
      type="button"
      aria-expanded={open}
      aria-label={open ? say("search.close") : t("search")}
      onClick={onClick}
    >
      <Icon name={open ? "close" : "search"} />
    </button>
  );
}

function SearchField({ query, onInput }: { query: string; onInput: (query: string) => void }) {
  return (
    <div class="inrow searchrow">
      <Icon name="search" />
      <input
        type="search"
        enterkeyhint="search"
        autocomplete="off"
        spellcheck={false}
        aria-label={say("search.what")}
        placeholder={say("search.what")}
        value={query}
        ref={focusOnce}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
}

/** The toast of what can still be taken back, and the next step of the most urgent one. */
function Dock({ first }: { first: View | null }) {
  const take = useStep();
  const step = first ? nextStep(first) : null;
  const href = first ? stepHref(first) : null;
  return (
    <>
      <UndoToast />
      {first && step && (
        <Go
          key={`${step} ${first.assignment.id}`}
          icon={STEP_ICONS[step]}
          {...(href === null ? { onClick: () => take(first) } : { href })}
        >
          {say(`go.${step}`, { who: called(first.assignment.resident.short_name) })}
        </Go>
      )}
    </>
  );
}
