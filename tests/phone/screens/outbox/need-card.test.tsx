// The card of a record that came late: who has the case now, since when, and how it may count.
import "../../support/setup";
import { beforeEach, expect, it } from "vitest";
import { offset, ticking } from "../../../../static/phone/data/disk/store";
import type { Receipt } from "../../../../static/phone/domain/work/work";
import { EntryNeeds } from "../../../../static/phone/screens/outbox/need-card";
import { said } from "../../support/drawn";
import { sent } from "../../support/made";

const flags = [{ code: "after_recall", text: "The assignment had been recalled" }];
const card = (more: Partial<Receipt>) => {
  const receipt = { uuid: "uuid-1", verdict: "flagged", flags, ...more } as Receipt;
  return () => <EntryNeeds entry={sent(1, { kind: "visit", needs: true, receipt })} />;
};

beforeEach(() => {
  ticking.value = Date.UTC(2026, 10, 20, 6, 30);
  offset.value = 0;
});

it("says who has it now and since when, beside when it was written down", () => {
  const told = said(card({ holder: "己警官", holder_since: "2026-11-20T06:01:00+00:00" }));
  expect(told[0]).toContain("14:01 起由 己警官 办理，14:05 你在手机上记下。");
  expect(told[0]).toContain("交给 己警官");
  expect(told[1]).toContain("己警官 has had it since 14:01. You noted it at 14:05 on this phone.");
});

it("says nobody where the server names nobody, or is an older one", () => {
  expect(said(card({}))[1]).toContain("You noted it at 14:05 on this phone.");
  expect(said(card({ holder: "己警官" }))[1]).not.toContain("has had it");
});
