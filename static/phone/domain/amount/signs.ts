// What the letters of a typed sum mean: digits, scales, units, and whatever makes a sum uncertain.

export type Kind =
  | "number" // 5000
  | "digit" // 五
  | "zero" // 零
  | "point"
  | "comma"
  | "space"
  | "scale" // 十, 百, 千, 万, 亿
  | "yuan"
  | "part" // 角, 分, 厘
  | "gram"
  | "whole" // 整
  | "about" // 左右
  | "some" // 几
  | "range" // 到
  | "foreign" // 美元
  | "other";

export interface Sign {
  kind: Kind;
  value: number; // of a digit or a scale; a part in thousandths of a yuan
  text: string; // as it was typed
  at: number; // where it begins, in letters of JavaScript
}

type Meaning = readonly [kind: Kind, value: number];

const MEANINGS = new Map<string, Meaning>();

function means(kind: Kind, value: number, spellings: string): void {
  for (const spelling of spellings.split(" ")) MEANINGS.set(spelling, [kind, value]);
}

const DIGITS = "一壹弌 二贰貳弍两兩 三叁參叄 四肆 五伍 六陆陸 七柒 八捌 九玖";
DIGITS.split(" ").forEach((letters, place) => {
  for (const letter of letters) means("digit", place + 1, letter);
});
means("zero", 0, "零 〇 ○");
means("scale", 10, "十 拾");
means("scale", 100, "百 佰");
means("scale", 1000, "千 仟 k thousand");
means("scale", 10_000, "万 萬 w");
means("scale", 1_000_000, "million");
means("scale", 100_000_000, "亿 億");
means("yuan", 1, "¥ 元 圆 圓 块 塊 块钱 塊錢 元钱 人民币 人民幣 rmb cny yuan");
means("part", 100, "角 毛");
means("part", 10, "分");
means("part", 1, "厘");
means("gram", 1, "克 g gram grams");
means("whole", 0, "整 正");
means(
  "about",
  0,
  "左右 上下 多 余 来 约 大约 大概 差不多 将近 近 不到 至少 最少 超过 以上 about around approx ~ ～ ≈ +",
);
means("some", 0, "几 数");
means("range", 0, "到 至 - – — − 或 to");
means(
  "foreign",
  0,
  "美元 美金 美刀 usd usdt $ 港币 港元 hkd 欧元 eur € 英镑 gbp £ 日元 jpy 韩元 台币 泰达币 比特币 btc",
);
means("point", 0, ". 。 点 點");
means("comma", 0, ", ' ’ ‘");

const LONGEST = Math.max(...[...MEANINGS.keys()].map((spelling) => spelling.length));
const INVISIBLE = /^(?:[\p{Cf}\p{Cc}]|\p{Variation_Selector})$/u; // marks of direction, joiners, variants
const SPACE = /[\t\n\r\p{Z}]/u;
const LETTER = /[a-z]/;

/** One letter as it is compared: full-width ones are halved, capitals made small, the yen's sign is the yuan's. */
function folded(letter: string): string {
  const code = letter.charCodeAt(0);
  const half = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : letter;
  if (half === "￥") return "¥";
  return half >= "A" && half <= "Z" ? half.toLowerCase() : half;
}

/** The signs of a text in their order; what can't be seen is left out, and "other" is whatever has no meaning. */
export function signsOf(text: string): Sign[] {
  const plain = text.split("").map(folded).join("");
  const signs: Sign[] = [];
  for (let at = 0; at < plain.length; ) {
    const sign = signAt(plain, text, at);
    at += sign.text.length;
    if (sign.kind === "other" && INVISIBLE.test(sign.text)) continue;
    const last = signs[signs.length - 1];
    const goesOn = sign.kind === "other" && last?.kind === "other" && last.at + last.text.length === sign.at;
    if (goesOn) last.text += sign.text;
    else signs.push(sign);
  }
  return trimmed(signs);
}

function signAt(plain: string, text: string, at: number): Sign {
  const digits = /^[0-9]+/.exec(plain.slice(at))?.[0];
  if (digits) return { kind: "number", value: 0, text: digits, at };
  const letter = String.fromCodePoint(plain.codePointAt(at) ?? 0);
  if (SPACE.test(letter)) return { kind: "space", value: 0, text: letter, at };
  for (let length = LONGEST; length > 0; length--) {
    const meaning = at + length <= plain.length ? MEANINGS.get(plain.slice(at, at + length)) : undefined;
    if (meaning && !cutsWord(plain, at, length)) {
      return { kind: meaning[0], value: meaning[1], text: text.slice(at, at + length), at };
    }
  }
  return { kind: "other", value: 0, text: text.slice(at, at + letter.length), at };
}

/** Whether these letters are only part of a longer word: the g of "goods" is no gram. */
function cutsWord(plain: string, at: number, length: number): boolean {
  const around = (place: number): boolean => LETTER.test(plain[place] ?? "");
  return (around(at) && around(at - 1)) || (around(at + length - 1) && around(at + length));
}

function trimmed(signs: Sign[]): Sign[] {
  const seen = signs.filter((sign) => sign.kind !== "space");
  const first = seen[0];
  const last = seen[seen.length - 1];
  return first && last ? signs.slice(signs.indexOf(first), signs.indexOf(last) + 1) : [];
}
