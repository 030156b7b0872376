// The key phrase of what is said stands in bold, once, and nothing of the words is lost.
import "../../support/setup";
import { expect, it } from "vitest";
import { Spoken } from "../../../../static/phone/screens/script/spoken";
import { markup } from "../../support/drawn";

it.each([
  ["先别转，听我说五分钟。", "先别转", "<em>先别转</em>，听我说五分钟。"],
  ["Wait. Don't send yet, please.", "Don't send yet", "Wait. <em>Don't send yet</em>, please."],
  ["It is your money.", "my money", "It is your money."],
  ["It is your money.", null, "It is your money."],
  ["It is your money.", undefined, "It is your money."],
])("%s, %s", (words, phrase, drawn) => {
  expect(markup(<Spoken words={words} phrase={phrase} />)).toBe(drawn);
});
