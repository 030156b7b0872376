// Sums as people type them at a door (20, 1.5万, 三万五, ￥5,000.50): read exactly, or asked back, never guessed.
import { type Doubt, Doubted } from "./doubt";
import { MOST, type Numeral, numeralOf } from "./numeral";
import { type Sign, signsOf } from "./signs";
import { type Unit, WAN, writeSum } from "./write";

export type { Doubt, Reason } from "./doubt";

/** A sum in yuan, or in grams where the field's unit says so; or what is asked back. */
export type Reading = { sum: number } | { doubt: Doubt };

/** In a field of ten thousands a bare number from here on (ten million yuan) is mostly one of yuan: asked back. */
const MANY_WAN = 1000;

const LONGEST = 80; // letters: no sum is longer

/** What a text says in a field of this unit: a typed unit wins over the field's. Null where nothing is typed. */
export function readAmount(text: string, unit: Unit): Reading | null {
  const signs = signsOf(text.slice(0, LONGEST));
  if (signs.length === 0) return null;
  try {
    if (text.length > LONGEST) throw new Doubted("letters", signs[0]);
    return { sum: understood(signs, unit) / 1000 };
  } catch (error) {
    if (!(error instanceof Doubted)) throw error;
    const { doubt } = error;
    return { doubt: doubt.why === "comma" ? { ...doubt, offers: withoutComma(text, signs, unit) } : doubt };
  }
}

/** The sum in yuan or grams, with at most three decimals; null where it can't be read or nothing is typed. */
export function readSum(text: string, unit: Unit): number | null {
  const reading = readAmount(text, unit);
  return reading && "sum" in reading ? reading.sum : null;
}

function understood(signs: readonly Sign[], unit: Unit): number {
  const bad = (kind: Sign["kind"]): Sign | undefined => signs.find((sign) => sign.kind === kind);
  const strange = bad("foreign") ?? bad("other") ?? bad("range");
  if (strange?.kind === "foreign") throw new Doubted("foreign", strange);
  if (strange) throw new Doubted(strange.kind === "range" && strange !== signs[0] ? "two" : "letters", strange);
  const vague = bad("some") ?? bad("about");
  if (!vague) return exact(signs, unit);
  const offers = bad("some") ? [] : offered(signs, unit);
  throw new Doubted("about", vague, offers);
}

/** The sum that stands beside 左右 and the like: offered, not taken. */
function offered(signs: readonly Sign[], unit: Unit): number[] {
  try {
    const without = signs.map((sign): Sign => (sign.kind === "about" ? { ...sign, kind: "space" } : sign));
    return [exact(without, unit) / 1000];
  } catch (error) {
    if (error instanceof Doubted) return [];
    throw error;
  }
}

/** What 12,5 can be: the comma a point, or nothing. */
function withoutComma(text: string, signs: readonly Sign[], unit: Unit): number[] {
  const commas = signs.filter(({ kind }) => kind === "comma");
  const [first] = commas;
  if (!first || signs.some(({ kind }) => kind === "point")) return [];
  const end = first.at + first.text.length;
  const asPoint = commas.length === 1 ? [`${text.slice(0, first.at)}.${text.slice(end)}`] : [];
  const left = commas.reduceRight((rest, { at, text: one }) => rest.slice(0, at) + rest.slice(at + one.length), text);
  return [...new Set([...asPoint, left].flatMap((other) => readSum(other, unit) ?? []))];
}

/** Thousandths of a yuan or of a gram. */
function exact(signs: readonly Sign[], unit: Unit): number {
  const { before, amount, after, money, gram } = parts(signs);
  const sign = money ?? gram;
  if (sign && (unit === "g") !== (sign === gram)) throw new Doubted("kind", sign);
  if (money && gram) throw new Doubted("kind", gram);
  if (amount.length === 0 && after.length > 0 && after.some(({ kind }) => kind === "part")) return cents(after);
  const bare = unit === "wan" && !sign ? WAN : 1;
  const number = numeralOf(amount, bare);
  const suffixed = money !== undefined && !before.includes(money);
  if (suffixed && number.literal !== null) {
    throw new Doubted("rest", number.rest ?? undefined, [number.thousandths / 1000, number.literal / 1000]);
  }
  const total = inUnit(number, bare, amount[0]) + (after.length > 0 ? cents(after) : 0);
  if (total > MOST * 1000) throw new Doubted("most", amount[0]);
  return total;
}

interface Parts {
  before: Sign[]; // ￥ and the like
  amount: Sign[];
  after: Sign[]; // 角 and 分
  money: Sign | undefined; // what says that it is yuan
  gram: Sign | undefined;
}

function parts(signs: readonly Sign[]): Parts {
  const is = (sign: Sign | undefined, ...kinds: Sign["kind"][]): boolean =>
    sign !== undefined && kinds.includes(sign.kind);
  let from = 0;
  let to = signs.length;
  while (is(signs[from], "yuan", "space")) from++;
  while (to > from && is(signs[to - 1], "whole", "space")) to--;
  const before = signs.slice(0, from);
  while (to > from && is(signs[to - 1], "yuan", "gram", "space")) to--;
  const rest = signs.slice(from, to);
  const behind = signs.slice(to);
  const middle = rest.findIndex((sign) => is(sign, "yuan"));
  const firstPart = rest.findIndex((sign) => is(sign, "part"));
  const spelledOut = firstPart >= 0 ? 0 : rest.length; // 五角 has no yuan before it
  const cut = middle >= 0 ? middle : spelledOut;
  return {
    before,
    amount: rest.slice(0, cut),
    after: rest.slice(middle >= 0 ? cut + 1 : cut).filter((sign) => !is(sign, "space")),
    money:
      [...(middle >= 0 ? [rest[middle] as Sign] : []), ...behind, ...before].find((sign) => is(sign, "yuan")) ??
      (firstPart >= 0 ? rest[firstPart] : undefined),
    gram: behind.find((sign) => is(sign, "gram")),
  };
}

/** Thousandths of a yuan: 五角, 5角2分, and the bare digit of 三块五. */
function cents(signs: readonly Sign[]): number {
  let sum = 0;
  let bound = 1000;
  for (let place = 0; place < signs.length; place += 2) {
    const digit = signs[place] as Sign;
    const part = signs[place + 1];
    if (digit.kind === "zero") {
      place--; // 五元零五分
      continue;
    }
    const one = digit.kind === "digit" || (digit.kind === "number" && /^[1-9]$/.test(digit.text));
    const bare = part === undefined && place === 0;
    if (!one || (part?.kind !== "part" && !bare)) throw new Doubted("rest", digit);
    const value = digit.value || Number(digit.text);
    const unit = part?.value ?? 100;
    if (unit >= bound) throw new Doubted("order", part);
    sum += value * unit;
    bound = unit;
  }
  return sum;
}

/** The number in the field's unit, where no other was typed with it. */
function inUnit(number: Numeral, bare: number, first: Sign | undefined): number {
  const { thousandths, scales, spelled } = number;
  const said = [...scales].some((scale) => scale >= 1000);
  if (bare === 1 || said) return thousandths;
  const total = scales.size === 0 ? thousandths : thousandths * bare;
  const asked = scales.has(100) || (!spelled && total >= MANY_WAN * WAN * 1000);
  if (asked)
    throw new Doubted(
      "unit",
      first,
      [total / bare, total].filter((sum) => sum <= MOST * 1000).map((sum) => sum / 1000),
    );
  return total;
}

/** The same text in another unit of money; what can't be read stays as it was typed. */
export function convert(text: string, from: Unit, to: Unit): string {
  const sum = from === to ? null : readSum(text, from);
  return sum === null ? text : writeSum(sum, to);
}
