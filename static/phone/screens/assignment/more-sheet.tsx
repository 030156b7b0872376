// What an officer can do beside the next step: can't go, skip ahead, ask for help, write a note, report to the desk.
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { tidy } from "../../../shared/lib/text";
import { Icon, type IconName } from "../../../shared/parts/icon";
import { Sheet } from "../../../shared/parts/sheet";
import { LIMITS } from "../../../shared/server/generated";
import { draftOf, saveDraft } from "../../data/disk/drafts";
import { appInfo, online } from "../../data/disk/store";
import { perform } from "../../data/outbox/acts";
import type { ActKind } from "../../domain/outbox/entry";
import type { View } from "../../domain/work/view";
import { TooLong } from "../../parts/form/counted";
import { useOneAtATime } from "../../parts/frame/busy";
import { Chip, Note, Stuck } from "../../parts/frame/frame";
import { buzz, tick } from "../../parts/frame/haptics";
import { Reasons } from "../../parts/work/decline";
import { cardOf } from "../../parts/work/step";
import { say as sayAlarm } from "../../words/alarm";
import { say } from "../../words/assignment";

type Page = "menu" | "decline" | "help" | "note" | "desk";

interface PageProps {
  view: View;
  done: (words: string, tone?: "ok" | "warn") => void;
  failed: () => void;
}

interface MoreProps {
  view: View;
  onClose: () => void;
  onSaid: (words: string, tone: "ok" | "warn") => void;
}

const TITLES = {
  menu: () => say("menu"),
  decline: () => sayAlarm("why"),
  help: () => say("menu.help"),
  note: () => say("menu.note"),
  desk: () => say("menu.desk"),
} as const;

export function MoreSheet({ view, onClose, onSaid }: MoreProps) {
  const { route } = useLocation();
  const [page, setPage] = useState<Page>("menu");
  const done: PageProps["done"] = (words, tone = "ok") => {
    tick();
    onSaid(words, tone);
    onClose();
  };
  const inside: PageProps = { view, done, failed: buzz };
  return (
    <Sheet title={TITLES[page]()} onClose={onClose} {...(page === "menu" ? {} : { onBack: () => setPage("menu") })}>
      <Stuck />
      {page === "menu" && <Menu view={view} onPage={setPage} />}
      {page === "decline" && (
        <>
          <p class="hint">{sayAlarm("why.one")}</p>
          <Reasons view={view} onDone={() => route("/")} onFault={buzz} />
        </>
      )}
      {page === "help" && <Help {...inside} />}
      {page === "note" && <NotePage {...inside} />}
      {page === "desk" && <Desk {...inside} />}
    </Sheet>
  );
}

function Menu({ view, onPage }: { view: View; onPage: (page: Page) => void }) {
  const before = view.status !== "en_route" && view.status !== "on_scene";
  return (
    <ul class="menu">
      {view.status === "assigned" && <Item icon="close" words="menu.decline" onClick={() => onPage("decline")} />}
      <Item icon="alert" words="menu.help" onClick={() => onPage("help")} />
      <Item icon="pen" words="menu.note" onClick={() => onPage("note")} />
      <Item icon="msg" words="menu.desk" onClick={() => onPage("desk")} />
      {before && <Item icon="pin" words="menu.arrive" href={cardOf(view, "arrive")} />}
      {view.status !== "on_scene" && <Item icon="file" words="menu.record" href={cardOf(view, "record")} />}
    </ul>
  );
}

interface ItemProps {
  icon: IconName;
  words: "menu.decline" | "menu.help" | "menu.note" | "menu.desk" | "menu.arrive" | "menu.record";
  onClick?: () => void;
  href?: string;
}

function Item({ icon, words, onClick, href }: ItemProps) {
  const inside = (
    <>
      <Icon name={icon} />
      <span class="grow">
        <b>{say(words)}</b>
        <small>{say(`${words}.what`)}</small>
      </span>
      <Icon name="next" size="s" />
    </>
  );
  return (
    <li>
      {href ? (
        <a class="menu__item" href={href}>
          {inside}
        </a>
      ) : (
        <button class="menu__item" type="button" onClick={onClick}>
          {inside}
        </button>
      )}
    </li>
  );
}

/** Keep an act of this page on disk; the sheet stays where the phone could not. */
async function keep(kind: ActKind, { view, failed }: PageProps, payload: object, draft?: string): Promise<boolean> {
  const { id, resident } = view.assignment;
  try {
    await perform(kind, {
      assignment: id,
      label: resident.short_name,
      payload: { ...payload },
      ...(draft === undefined ? {} : { draft }),
    });
    return true;
  } catch {
    failed();
    return false;
  }
}

const WORRIES = ["help.threat", "help.crowd", "help.hurt", "help.woman"] as const;

function Help(props: PageProps) {
  const [picked, setPicked] = useState<readonly (typeof WORRIES)[number][]>([]);
  const inTurn = useOneAtATime();
  const send = async (): Promise<void> => {
    const words = picked.map((worry) => say(worry)).join(", ");
    if (!(await keep("help", props, words ? { words } : {}))) return;
    if (online.value) props.done(say("help.sent"));
    else props.done(say("help.offline"), "warn");
  };
  return (
    <>
      <p>{say("help.what")}</p>
      <div class="chips">
        {WORRIES.map((worry) => (
          <Chip
            key={worry}
            on={picked.includes(worry)}
            onClick={() =>
              setPicked(picked.includes(worry) ? picked.filter((other) => other !== worry) : [...picked, worry])
            }
          >
            {say(worry)}
          </Chip>
        ))}
      </div>
      {!online.value && <Note>{say("help.offline")}</Note>}
      <div class="pair">
        <a class="btn pair__side" href="tel:110">
          <Icon name="phone" />
          {say("help.call", { n: 110 })}
        </a>
        <button class="btn btn--go" type="button" onClick={() => inTurn(send)}>
          {say("help.send")}
        </button>
      </div>
    </>
  );
}

function NotePage(props: PageProps) {
  const { id, resident } = props.view.assignment;
  const key = `note:${id}`;
  const [text, setText] = useState(draftOf<{ text: string }>(key)?.text ?? "");
  const [empty, setEmpty] = useState(false);
  const inTurn = useOneAtATime();
  const change = (next: string): void => {
    setText(next);
    setEmpty(false);
    // Not `touched`: a note that was never sent goes with its case, it is no record.
    void saveDraft({ key, assignment: id, label: resident.short_name, form: { text: next }, touched: false });
  };
  const send = async (): Promise<void> => {
    const said = tidy(text, LIMITS.note);
    if (said === "") return setEmpty(true);
    if (await keep("note", props, { text: said }, key)) props.done(say("note.sent"));
  };
  return (
    <>
      <label class="field">
        <span class="label">{say("note.label")}</span>
        <textarea class="area" rows={4} value={text} onInput={(event) => change(event.currentTarget.value)} />
      </label>
      <TooLong text={text} most={LIMITS.note} />
      {empty && <Note>{say("note.empty")}</Note>}
      <button class="btn btn--go btn--calm" type="button" onClick={() => inTurn(send)}>
        {say("note.send")}
      </button>
    </>
  );
}

const REPORTS = ["desk.address", "desk.swap", "desk.bank", "desk.language"] as const;

function Desk(props: PageProps) {
  const hotline = appInfo.value?.hotline ?? "96110";
  const inTurn = useOneAtATime();
  const send = async (text: string): Promise<void> => {
    if (await keep("note", props, { text })) props.done(say("desk.sent", { text }));
  };
  return (
    <>
      <p>{say("desk.what")}</p>
      <div class="reasons">
        {REPORTS.map((report) => (
          <button key={report} class="btn" type="button" onClick={() => inTurn(() => send(say(report)))}>
            {say(report)}
          </button>
        ))}
      </div>
      <a class="btn btn--soft btn--wide" href={`tel:${hotline}`}>
        <Icon name="phone" />
        {say("help.call", { n: hotline })}
      </a>
    </>
  );
}
