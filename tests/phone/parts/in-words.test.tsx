// A sum in words, as it is heard: one gram is one.
import "../support/setup";
import { expect, it } from "vitest";
import type { AmountRow, Sums } from "../../../static/phone/domain/visit/record";
import { InWords } from "../../../static/phone/parts/sums/in-words";
import { said } from "../support/drawn";

const gold = (text: string): Sums => ({
  kept: [{ kind: "gold", unit: "g", text, proof: "seen" } as AmountRow],
  lost: [],
});

it.each([
  ["1", "守住 一克黄金 ，有截图。", "Kept safe: one gram of gold , seen on a screen."],
  ["2", "守住 二克黄金 ，有截图。", "Kept safe: two grams of gold , seen on a screen."],
])("%s g of gold", (text, zh, en) => {
  expect(said(() => <InWords sums={gold(text)} />)).toEqual([zh, en]);
});
