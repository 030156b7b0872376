// Whom to ring: the resident, family who can help, colleagues on the same case; numbers stand hidden until asked for.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { ClockMark } from "../../../shared/parts/clocks";
import { Icon, type IconName } from "../../../shared/parts/icon";
import { StatusMark } from "../../../shared/parts/marks";
import { t } from "../../../shared/words/core";
import { moment } from "../../../shared/words/format";
import { now } from "../../data/disk/store";
import { perform } from "../../data/outbox/acts";
import type { View } from "../../domain/work/view";
import { buzz, tick } from "../../parts/frame/haptics";
import { roleWord, say } from "../../words/assignment";

export function People({ view }: { view: View }) {
  const { contacts, team, resident } = view.assignment;
  return (
    <section class="card card--none" aria-label={say("people")}>
      <Person
        icon="phone"
        title={say("call.resident", { who: resident.short_name })}
        name={resident.name}
        phone={resident.phone}
        hint={<Reach view={view} />}
        below={<Reached view={view} />}
      />
      {contacts.map((contact) => (
        <Person
          key={`${contact.relation}${contact.phone}`}
          icon="people"
          title={familyWord(contact.relation)}
          name={contact.name}
          phone={contact.phone}
          hint={<p class="hint">{say("call.family.what")}</p>}
        />
      ))}
      {team.map((mate) => (
        <Person
          key={`${mate.name}${mate.part}`}
          icon="person"
          title={`${mate.name} · ${roleWord(mate.role)}`}
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

/** The relation, where more is known than that it is family. */
function familyWord(relation: string): string {
  const known = relation !== "" && relation !== say("family");
  return known ? say("call.family", { relation }) : say("family");
}

/** Until when the resident must have been spoken to, while nobody is at the door, and what came of ringing. */
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
  if (view.contactedAt !== null || (view.status !== "acknowledged" && view.status !== "en_route")) return null;
  const tell = (reached: boolean): void => {
    const { id, resident } = view.assignment;
    // Where the phone can't keep it, the words do not change, and the note on its storage says why.
    void perform("contact", { assignment: id, label: resident.short_name, payload: { reached } }).then(tick, buzz);
  };
  return (
    <div class="chips person__below">
      <button class="chip" type="button" onClick={() => tell(true)}>
        {say("call.spoke")}
      </button>
      <button class="chip" type="button" onClick={() => tell(false)}>
        {say("call.vain")}
      </button>
    </div>
  );
}

function ReachBy({ view }: { view: View }) {
  const by = Date.parse(view.assignment.clocks.contact_by);
  const due = { what: "contact", by, from: Date.parse(view.assignment.assigned_at) } as const;
  return (
    <p class="facts">
      {by < now.value ? <ClockMark due={due} now={now.value} /> : null}
      <span>{say("call.by", { t: moment(by, now.value) })}</span>
    </p>
  );
}

interface PersonProps {
  icon: IconName;
  title: string;
  name?: string;
  phone: string;
  hint?: ComponentChildren;
  below?: ComponentChildren;
}

function Person({ icon, title, name, phone, hint, below }: PersonProps) {
  const [open, setOpen] = useState(false);
  return (
    <div class="line person">
      <Icon name={icon} />
      <div class="grow">
        <p class="b">{title}</p>
        {hint}
        {phone === "" && <p class="hint">{say("call.none")}</p>}
        {phone !== "" && open && <p class="person__open">{[name, phone].filter(Boolean).join(" ")}</p>}
        {phone !== "" && !open && (
          <button class="btn btn--plain person__show" type="button" onClick={() => setOpen(true)}>
            <Icon name="eye" size="s" />
            {say(name ? "reveal.name" : "reveal")}
          </button>
        )}
      </div>
      {phone !== "" && (
        <a class="btn btn--soft" href={`tel:${phone.replace(/[^\d+*#]/g, "")}`} aria-label={`${t("call")} ${title}`}>
          {t("call")}
        </a>
      )}
      {phone !== "" && below}
    </div>
  );
}
