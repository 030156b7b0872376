// The name of a person or a place: set apart, so that it turns no line, and with its reading where English is spoken.
import type { ComponentChildren } from "preact";
import "./work.css";
import { isChinese } from "../../../shared/words/say";
import { groundReading, readingOf } from "../../data/work/readings";
import { type Place, townAndVillage } from "../../domain/work/place";

const HOLE = "\ufffc"; // stands for something that is no text

export function Name({ of }: { of: string }) {
  return <Written characters={of} reading={readingOf(of)} look="reading nb" />;
}

/** Town and village. */
export function Ground({ place }: { place: Place }) {
  return <Written characters={townAndVillage(place)} reading={groundReading(place)} look="reading reading--ground" />;
}

/** A sentence with a name in it. */
export function Saying({ who, words }: { who: string; words: (who: string) => string }): ComponentChildren {
  const [before = "", after = ""] = words(HOLE).split(HOLE);
  return (
    <>
      {before}
      <Name of={who} />
      {after}
    </>
  );
}

interface WrittenProps {
  characters: string;
  reading: string | undefined;
  look: string;
}

function Written({ characters, reading, look }: WrittenProps) {
  const foreign = !isChinese() && /\p{Script=Han}/u.test(characters);
  return (
    <>
      <bdi {...(foreign ? { lang: "zh-CN" } : {})}>{characters}</bdi>
      {reading && (
        <>
          {" "}
          <span class={look} lang="zh-Latn-pinyin">
            {reading}
          </span>
        </>
      )}
    </>
  );
}
