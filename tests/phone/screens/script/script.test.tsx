// A step says all that its script bans asking for, in the script's own language; the family is called by relation.
import "../../support/setup";
import { expect, it } from "vitest";
import type { Script } from "../../../../static/phone/data/work/scripts";
import { helperOf } from "../../../../static/phone/screens/script/script";
import { Before, Step } from "../../../../static/phone/screens/script/script-pages";
import { speak } from "../../../../static/shared/words/say";
import { said } from "../../support/drawn";

const step = { key: "calm", title: "x", say: "x", ask: null, do: "x", dont_say: null };
const lists = { before: [], never_say: ["x"], never_ask: ["their PIN", "a code", "where the gold is"] };
const script = (language: string): Script => ({ language, steps: [step], ...lists }) as unknown as Script;

it.each([
  ["en", "their PIN; a code; where the gold is"],
  ["zh-hans", "their PIN、a code、where the gold is"],
])("names all that a script in %s bans, whatever the phone speaks", (language, listed) => {
  const pages = [() => <Step script={script(language)} place={0} />, () => <Before script={script(language)} />];
  for (const page of pages) for (const words of said(page)) expect(words).toContain(listed);
});

it("calls the family in the language that is spoken, or by name", () => {
  const contact = { name: "张乙", relation: "儿子", phone: "10000000091" };
  speak("en");
  expect(helperOf({ contacts: [{ ...contact, phone: "" }, contact] })?.who).toBe("son");
  expect(helperOf({ contacts: [{ ...contact, relation: "" }] })?.who).toBe("张乙");
  expect(helperOf({ contacts: [] })).toBeNull();
  speak("zh-hans");
  expect(helperOf({ contacts: [contact] })?.who).toBe("儿子");
});
