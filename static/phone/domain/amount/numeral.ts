// Numbers as they are written and spoken: 1,234.5, 三万五, 3万5千, 一点二亿; exact, in thousandths.
import { Doubted } from "./doubt";
import type { Sign } from "./signs";

export const MOST = 99_999_999_999; // yuan: what the server's column holds

/** A number without its scale: digits and how many of them stand behind the point. */
interface Plain {
  digits: string;
  decimals: number;
  arabic: boolean;
  sign: Sign;
}

export interface Numeral {
  thousandths: number;
  scales: ReadonlySet<number>; // those that were said
  spelled: boolean; // in Chinese letters
  literal: number | null; // thousandths, where a last digit without a unit was read as the next lower one: 三万五
  rest: Sign | null; // that digit
}

interface State {
  total: number; // thousandths, of what stands before the last 万 or 亿
  section: number; // thousandths, of what follows it
  held: Plain | null; // a number whose scale is still to come
  zero: boolean; // 零 stands before it
  closed: boolean; // a decimal number had its scale: nothing may follow
  last: Sign | null; // the last scale
  bound: number; // what the next 十, 百 or 千 must be below
  big: number; // what the next 万 or 亿 must be below
}

const START: State = {
  total: 0,
  section: 0,
  held: null,
  zero: false,
  closed: false,
  last: null,
  bound: Infinity,
  big: Infinity,
};

/**
 * The number that these signs say; throws Doubted where they could be read in two ways, or in none. One without any
 * scale counts `bare`: ten thousand in a field of 万.
 */
export function numeralOf(signs: readonly Sign[], bare = 1): Numeral {
  const state = { ...START };
  const words = grouped(signs);
  for (let place = 0; place < words.length; place++) {
    const word = words[place] as Sign;
    if (word.kind === "number" || word.kind === "digit") hold(state, word);
    else if (word.kind === "zero") zero(state, word);
    else if (word.kind === "point") place += fraction(state, word, words.slice(place + 1));
    else if (word.kind === "scale") scale(state, word);
    else throw new Doubted("letters", word);
  }
  return finished(state, words, bare);
}

function hold(state: State, sign: Sign): void {
  if (state.held) throw new Doubted("two", sign);
  if (state.closed) throw new Doubted("order", sign);
  const arabic = sign.kind === "number";
  const [whole = "", behind = ""] = (arabic ? sign.text : String(sign.value)).split(".");
  state.held = { digits: whole + behind, decimals: behind.length, arabic, sign };
}

function zero(state: State, sign: Sign): void {
  if (state.held) throw new Doubted("two", sign);
  if (state.last) state.zero = true;
  else hold(state, { ...sign, kind: "digit" });
}

/** A point in Chinese letters: what came before is the whole part. Returns how many words it has taken. */
function fraction(state: State, point: Sign, after: readonly Sign[]): number {
  const end = after.findIndex(({ kind }) => kind !== "digit" && kind !== "zero");
  const behind = after.slice(0, end < 0 ? after.length : end);
  const whole = state.section + (state.held ? times(state.held, 1) : 0);
  if (behind.length === 0 || state.total > 0 || (state.held?.decimals ?? 0) > 0) throw new Doubted("point", point);
  if (!state.held && state.section === 0) throw new Doubted("point", point);
  const digits = behind.map(({ value }) => value).join("");
  state.held = { digits: `${whole / 1000}${digits}`, decimals: digits.length, arabic: false, sign: point };
  state.section = 0;
  return behind.length;
}

function scale(state: State, sign: Sign): void {
  if (sign.value >= 10_000) scaleUp(state, sign);
  else scaleSmall(state, sign);
  state.held = null;
  state.zero = false;
  state.last = sign;
}

const TEN: Plain = { digits: "1", decimals: 0, arabic: false, sign: { kind: "digit", value: 1, text: "", at: 0 } };

function scaleSmall(state: State, sign: Sign): void {
  const held = state.held ?? (sign.value === 10 && (state.section === 0 || state.zero) ? TEN : null);
  if (!held) throw new Doubted("number", sign);
  const part = times(held, sign.value);
  if (state.closed || sign.value >= state.bound || part >= state.bound * 1000) throw new Doubted("order", sign);
  state.closed = held.decimals > 0;
  state.section += part;
  state.bound = sign.value;
}

function scaleUp(state: State, sign: Sign): void {
  const { held, section, last } = state;
  if (sign.value >= state.big) throw new Doubted("order", sign);
  if (!held && section === 0) throw new Doubted("number", sign);
  if (held && section > 0 && last?.value !== 10 && !state.zero) throw new Doubted("rest", held.sign);
  if (held && section > 0 && times(held, 1) >= state.bound * 1000) throw new Doubted("rest", held.sign);
  const part = section * sign.value + (held ? times(held, sign.value) : 0);
  const decimal = (held?.decimals ?? 0) > 0;
  if ((state.closed && held) || part >= state.big * 1000) throw new Doubted("order", sign);
  state.closed ||= decimal;
  state.total += part;
  state.section = 0;
  state.big = sign.value;
  state.bound = sign.value;
}

function finished(state: State, words: readonly Sign[], bare: number): Numeral {
  const { held, section, total } = state;
  const before = total + section;
  const end = words[words.length - 1];
  if (state.zero && !held) throw new Doubted("rest", end);
  if (words.length === 0) throw new Doubted("number", end);
  const { added, literal } = held ? lastPart(state, held, bare) : { added: 0, literal: null };
  const thousandths = before + added;
  if (Math.max(thousandths, before + (literal ?? 0)) > MOST * 1000) throw new Doubted("most", words[0]);
  return {
    thousandths,
    scales: new Set(words.flatMap(({ kind, value }) => (kind === "scale" ? [value] : []))),
    spelled: words.every(({ kind }) => kind !== "number"),
    literal: literal === null ? null : before + literal,
    rest: literal === null ? null : (held?.sign ?? null),
  };
}

/** What a number adds that stands last and has no scale: 三万五 is 35,000, 三万零五 is 30,005, 3万5000 is 35,000. */
function lastPart(state: State, held: Plain, bare: number): { added: number; literal: number | null } {
  if (!state.last) return { added: times(held, bare), literal: null };
  const own = times(held, 1);
  const unit = state.last.value;
  if (held.decimals > 0) throw new Doubted("rest", held.sign);
  if (state.zero || unit === 10) {
    if (own >= unit * 1000) throw new Doubted("rest", held.sign);
    return { added: own, literal: null };
  }
  if (held.arabic && held.digits.length === String(unit).length - 1) return { added: own, literal: null };
  const spoken = held.digits.length === 1 && own > 0 && !/[a-z]{2}/i.test(state.last.text);
  if (!spoken) throw new Doubted("rest", held.sign);
  return { added: (own * unit) / 10, literal: own };
}

/** A number times its scale in thousandths; throws Doubted where that is no whole number of them. */
function times(plain: Plain, unit: number): number {
  if (plain.digits.length > 30) throw new Doubted("most", plain.sign);
  const whole = BigInt(plain.digits) * BigInt(unit) * BigInt(1000);
  const by = BigInt(`1${"0".repeat(plain.decimals)}`);
  if (whole % by !== BigInt(0)) throw new Doubted("fine", plain.sign);
  if (whole / by > BigInt(MOST) * BigInt(1000)) throw new Doubted("most", plain.sign);
  return Number(whole / by);
}

/** The same signs with each number in one: its thousands joined, its point taken in, spaces left out. */
function grouped(signs: readonly Sign[]): Sign[] {
  const out: Sign[] = [];
  for (let place = 0; place < signs.length; ) {
    const sign = signs[place] as Sign;
    const starts = sign.kind === "number" || (sign.kind === "point" && signs[place + 1]?.kind === "number");
    const joins = starts && !(sign.kind === "point" && isSpelled(out[out.length - 1]));
    const end = joins ? endOfNumber(signs, place) : place + 1;
    if (joins) out.push(joined(signs.slice(place, end)));
    else if (sign.kind === "comma") throw new Doubted("comma", sign);
    else if (sign.kind !== "space") out.push(sign);
    place = end;
  }
  return out;
}

function isSpelled(sign: Sign | undefined): boolean {
  return sign !== undefined && ["digit", "zero", "scale"].includes(sign.kind);
}

function endOfNumber(signs: readonly Sign[], from: number): number {
  let end = from;
  for (let place = from; place < signs.length; place++) {
    const kind = signs[place]?.kind;
    if (kind === "number") end = place + 1;
    else if (kind === "point" || kind === "comma") end = place + 1;
    else if (kind !== "space") break;
  }
  return end;
}

const GROUPS = /^\d{1,3}(?:([, '’‘\s])\d{3})(?:\1\d{3})*(?:\.\d+)?$/u;
const PLAIN = /^(?:\d+(?:\.\d+)?|\.\d+)$/;

const PLAINLY: { [kind in Sign["kind"]]?: string } = { point: ".", space: " " };

function joined(parts: readonly Sign[]): Sign {
  const first = parts[0] as Sign;
  const spelled = parts.map(({ kind, text: typed }) => PLAINLY[kind] ?? typed).join("");
  const text = spelled.replace(/，/g, ",").replace(/\.$/, "");
  const number = PLAIN.test(text) || GROUPS.test(text) ? text.replace(/[^\d.]/g, "") : null;
  if (number !== null) return { ...first, kind: "number", text: number };
  const whole = parts.map((part) => part.text).join("");
  throw new Doubted(faultOf(parts), { text: whole, at: first.at });
}

function faultOf(parts: readonly Sign[]): "comma" | "point" | "two" {
  if (parts.some(({ kind }) => kind === "comma")) return "comma";
  return parts.some(({ kind }) => kind === "point") ? "point" : "two";
}
