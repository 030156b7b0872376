// What the officer is asked about a record that met another one, and which answers there are.
import { expect, it } from "vitest";
import type { Entry } from "../../../../static/phone/domain/outbox/entry";
import { choicesOf, earlierOf } from "../../../../static/phone/domain/outbox/needs";
import type { WorkDocument } from "../../../../static/phone/domain/work/work";
import { entry, sent } from "../../support/made";

type Ended = WorkDocument["done_today"][number];
const AT = Date.parse("2026-11-20T06:05:00.000Z");

function visit(seq: number, disposition: string, ...flags: string[]): Entry {
  const receipt = { uuid: `uuid-${seq}`, verdict: "flagged", flags: flags.map((code) => ({ code, text: code })) };
  return sent(seq, {
    kind: "visit",
    payload: { disposition },
    receipt: receipt as Entry["receipt"],
    needs: flags.length > 0,
  });
}
const ended = {
  id: "a",
  visit: "uuid-1",
  disposition: "dissuaded",
  ended_at: "2026-11-20T06:05:00Z",
} as unknown as Ended;
const second = visit(2, "refused", "after_clear", "second_record");

it("a second record of one's own may be a mistake, and both are shown", () => {
  expect(earlierOf(second, [visit(1, "dissuaded"), second], [])).toEqual({ disposition: "dissuaded", at: AT });
  expect(choicesOf(second, true)).toEqual(["mistake", "mine_too"]);
});

it("the first one is known from the server's list, where this phone has forgotten it or never had it", () => {
  const bare = { ...visit(1, ""), payload: {} };
  expect(earlierOf(second, [bare, second], [ended])).toEqual({ disposition: "dissuaded", at: AT });
  expect(earlierOf(second, [second], [ended])).toEqual({ disposition: "dissuaded", at: AT });
});

it("what somebody else may have done is asked as before", () => {
  const recalled = visit(2, "refused", "after_recall");
  expect(earlierOf(recalled, [visit(1, "dissuaded"), recalled], [ended])).toBeNull();
  expect(earlierOf(second, [second], [])).toBeNull();
  expect(earlierOf(second, [second], [{ ...ended, visit: second.uuid }])).toBeNull();
  expect(earlierOf(second, [entry(1, { kind: "visit", assignment: "b" }), second], [])).toBeNull();
  expect(choicesOf(second)).toEqual(["theirs", "mine_too"]);
  expect(choicesOf(recalled)).toEqual(["theirs", "mine_too"]);
});
