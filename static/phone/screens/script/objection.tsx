// One thing that they say, its answer, and whether it helped.
import { Icon } from "../../../shared/parts/icon";
import { WORKED, type Worked } from "../../../shared/server/schemas";
import type { Objection as Words } from "../../data/work/scripts";
import { Chip } from "../../parts/frame/frame";
import { Saying } from "../../parts/work/name";
import { sayScript as say } from "../../words/scripts";
import { Spoken } from "./spoken";

interface ObjectionProps {
  words: Words;
  worked: Worked | null;
  onWorked?: ((worked: Worked) => void) | undefined; // only at a visit
  contact?: { who: string; phone: string } | null;
}

export function Objection({ words, worked, onWorked, contact }: ObjectionProps) {
  return (
    <>
      <p class="obj obj--open">{words.they_say}</p>
      <section class="answer">
        <h2 class="vh">{say("answer")}</h2>
        <p>
          <Spoken words={words.answer} phrase={words.key_phrase} />
        </p>
      </section>
      {words.then && (
        <p class="aside">
          <span class="aside__label">
            <Icon name="next" size="s" />
            {say("then")}
          </span>
          <span>{words.then}</span>
        </p>
      )}
      {contact && (
        <a class="btn btn--wide" href={`tel:${contact.phone}`}>
          <Icon name="phone" />
          <Saying who={contact.who} words={(who) => say("family.call", { who })} />
        </a>
      )}
      {onWorked && (
        <section class="objbox low-third">
          <h2 class="h">{say("worked")}</h2>
          <div class="chips">
            {WORKED.map((answer) => (
              <Chip key={answer} on={worked === answer} onClick={() => onWorked(answer)}>
                {say(`worked.${answer}`)}
              </Chip>
            ))}
          </div>
        </section>
      )}
    </>
  );
}
