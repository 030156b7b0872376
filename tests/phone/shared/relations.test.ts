// A relation that was entered in Chinese is said in English where it is known.
import "../support/setup";
import { expect, it } from "vitest";
import { relationWord } from "../../../static/phone/words/relations";
import { speak } from "../../../static/shared/words/say";

it.each([
  ["女儿", "女儿", "Daughter"],
  ["家属", "家属", "Family"],
  ["干妈", "干妈", "干妈"],
  ["constructor", "constructor", "constructor"],
  ["", "", ""],
])("%s", (relation, zh, en) => {
  speak("zh-hans");
  expect(relationWord(relation)).toBe(zh);
  speak("en");
  expect(relationWord(relation)).toBe(en);
});
