// Whom to call: the resident, family who can help, colleagues on the same case; numbers stand hidden, and looking at one is noted.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Icon, type IconName } from "../../../shared/parts/icon";
import { DoneMark, StatusMark } from "../../../shared/parts/state-marks";
import { t } from "../../../shared/words/core";
import { moment } from "../../../shared/words/format";
import { now } from "../../data/disk/store";
import { perform } from "../../data/outbox/acts";
import { called } from "../../data/work/readings";
import { callsFirst, type View } from "../../domain/work/view";
import { useOneAtATime } from "../../parts/frame/busy";
import { buzz, tick } from "../../parts/frame/haptics";
import { Saying } from "../../parts/work/name";
import { TimeLeft } from "../../parts/work/time-left";
import { roleWord, say } from "../../words/assignment";
import { relationWord } from "../../words/relations";
import { Reveal } from "./reveal";

/** The resident, whom one calls before the door. */
export function Call({ view }: { view: View }) {
  const { resident } = view.assignment;
  return (
    <section class="card card--none" aria-label={say("resident")}>
      <Person
        icon="phone"
        who={called(resident.short_name)}
        title={say("call.resident", { who: called(resident.short_name) })}
        heading={<Saying who={resident.short_name} words={(who) => say("call.resident", { who })} />}
        name={resident.name}
        phone={resident.phone}
        note={() => noteLook(view, say("resident"))}
        hint={<Reach view={view} />}
        below={<Reached view={view} />}
      />
    </section>
  );
}

/** Family and colleagues; nothing where nobody is known. */
export function Helpers({ view }: { view: View }) {
  const { contacts, team } = view.assignment;
  if (contacts.length + team.length === 0) return null;
  return (
    <section class="card card--none" aria-label={say("people")}>
      {contacts.map((contact) => (
        <Person
          key={`${contact.relation}${contact.phone}`}
          icon="people"
          who={relationWord(contact.relation) || say("family")}
          title={familyWord(contact.relation)}
          name={contact.name}
          phone={contact.phone}
          note={() => noteLook(view, familyWord(contact.relation))}
          hint={<p class="hint">{say("call.family.what")}</p>}
        />
      ))}
      {team.map((mate) => (
        <Person
          key={`${mate.name}${mate.part}`}
          icon="person"
          who={called(mate.name)}
          title={`${called(mate.name)} · ${roleWord(mate.role)}`}
          heading={<Saying who={mate.name} words={(who) => `${who} · ${roleWord(mate.role)}`} />}
          phone={mate.phone}
          hint={
            <p class="facts">
              <span>{say(`part.${mate.part}`)}</span>
              <StatusMark status={mate.status} />
            </p>
          }
        />
      ))}
    </section>
  );
}

/** Keep who was looked at as a note: the history of the case says who looked, and when. */
function noteLook({ assignment }: View, whom: string): Promise<unknown> {
  const { id, resident } = assignment;
  return perform("note", {
    assignment: id,
    label: resident.short_name,
    payload: { text: say("reveal.noted", { whom }) },
  });
}

/** The relation, where more is known than that it is family. */
function familyWord(relation: string): string {
  const word = relationWord(relation);
  return word !== "" && word !== say("family") ? say("call.family", { relation: word }) : say("family");
}

/** Until when the resident is to be spoken to, while nobody is at the door, and what came of calling. */
function Reach({ view }: { view: View }) {
  if (view.contactedAt !== null)
    return <p class="hint">{say("call.spoke.at", { t: moment(view.contactedAt, now.value) })}</p>;
  if (view.status === "on_scene") return null;
  return (
    <>
      <ReachBy view={view} />
      {view.rangAt !== null && <p class="hint">{say("call.vain.at", { t: moment(view.rangAt, now.value) })}</p>}
    </>
  );
}

/** What came of a call, in one tap. */
function Reached({ view }: { view: View }) {
  const inTurn = useOneAtATime();
  if (view.status !== "acknowledged" && view.status !== "en_route") return null;
  if (view.contactedAt !== null) return <Spoke />;
  const tell = (reached: boolean): Promise<unknown> => {
    const { id, resident } = view.assignment;
    // Where the phone can't keep it, the words do not change, and the note on its storage says why.
    return perform("contact", { assignment: id, label: resident.short_name, payload: { reached } }).then(tick, buzz);
  };
  return (
    <div class="chips person__below">
      <button class="chip" type="button" onClick={() => inTurn(() => tell(true))}>
        {say("call.spoke")}
      </button>
      <button class="chip" type="button" onClick={() => inTurn(() => tell(false))}>
        {say("call.vain")}
      </button>
    </div>
  );
}

/** In the room of the two chips, so that nothing below moves. */
function Spoke() {
  return (
    <p class="person__below person__done">
      <DoneMark>{say("call.spoke")}</DoneMark>
    </p>
  );
}

/** The clock of the call, where one runs and is not the one at the top already; else by when it would be good. */
function ReachBy({ view }: { view: View }) {
  const by = Date.parse(view.assignment.clocks.contact_by);
  if (callsFirst(view)) {
    if (view.due?.what === "contact") return null;
    const due = { what: "contact", by, from: Date.parse(view.assignment.assigned_at) } as const;
    return <TimeLeft due={due} at={now.value} />;
  }
  return by < now.value ? null : <p class="hint">{say("call.by", { t: moment(by, now.value) })}</p>;
}

interface PersonProps {
  icon: IconName;
  who: string; // whom the button calls
  title: string;
  heading?: ComponentChildren; // the title where a name stands in it
  name?: string;
  phone: string;
  note?: () => Promise<unknown>; // what keeps that somebody looked
  hint?: ComponentChildren;
  below?: ComponentChildren;
}

function Person({ icon, who, title, heading = title, name, phone, note, hint, below }: PersonProps) {
  const [open, setOpen] = useState(false);
  return (
    <div class="line person">
      <Icon name={icon} />
      <div class="grow">
        <p class="b">{heading}</p>
        {hint}
        {phone === "" && <p class="hint">{say("call.none")}</p>}
        {phone !== "" && (
          <button class="btn btn--plain person__show" type="button" onClick={() => setOpen(true)}>
            <Icon name="eye" size="s" />
            {say(name ? "reveal.name" : "reveal")}
          </button>
        )}
      </div>
      {phone !== "" && (
        <a class="btn btn--soft" href={`tel:${phone.replace(/[^\d+*#]/g, "")}`} aria-label={`${t("call")} ${who}`}>
          {t("call")}
        </a>
      )}
      {phone !== "" && below}
      {open && (
        <Reveal
          title={title}
          words={name ? <Saying who={name} words={(whole) => `${whole} ${phone}`} /> : phone}
          note={note ?? null}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}
