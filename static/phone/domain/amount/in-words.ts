// A sum spelled out, in Chinese and in English: a nought too many is heard where it is not seen.

const DIGITS = "零一二三四五六七八九";
const SMALL = ["千", "百", "十", ""] as const;
const BIG = ["", "万", "亿"] as const;

function thousandths(sum: number): { whole: number; rest: number } {
  const all = Math.round(sum * 1000);
  return { whole: Math.floor(all / 1000), rest: all % 1000 };
}

/** A number below ten thousand as it is said within a longer one: 2050 is 两千零五十. */
function section(number: number): string {
  const digits = String(number).padStart(4, "0");
  let said = "";
  let gap = false;
  for (let place = 0; place < 4; place++) {
    const digit = Number(digits[place]);
    if (digit === 0) gap = said !== "";
    else {
      const letter = digit === 2 && place === 0 ? "两" : DIGITS[digit];
      said += (gap ? "零" : "") + letter + SMALL[place];
      gap = false;
    }
  }
  return said;
}

/** A whole number in Chinese: 200500 is 二十万零五百. */
export function chinese(number: number): string {
  if (number === 0) return "零";
  let said = "";
  let skipped = false;
  for (let place = 2; place >= 0; place--) {
    const part = Math.floor(number / 10_000 ** place) % 10_000;
    if (part === 0) {
      skipped = true;
      continue;
    }
    const gap = said !== "" && (part < 1000 || skipped);
    skipped = false;
    const spoken = part === 2 && place > 0 ? "两" : section(part);
    said += (gap ? "零" : "") + spoken + BIG[place];
  }
  return said.replace(/^一十/, "十");
}

/** Yuan in Chinese: 二十万元, 五千元五角, 三角. */
export function yuanInChinese(sum: number): string {
  const { whole, rest } = thousandths(sum);
  const parts = (
    [
      ["角", 100],
      ["分", 10],
      ["厘", 1],
    ] as const
  ).map(([unit, worth]) => {
    const digit = Math.floor(rest / worth) % 10;
    return digit > 0 ? DIGITS[digit] + unit : "";
  });
  return (whole > 0 || rest === 0 ? `${chinese(whole)}元` : "") + parts.join("");
}

/** A number with its decimals in Chinese: 三十五点五. */
export function decimalInChinese(sum: number): string {
  const { whole, rest } = thousandths(sum);
  const behind = String(rest).padStart(3, "0").replace(/0+$/, "");
  return chinese(whole) + (behind ? `点${[...behind].map((digit) => DIGITS[Number(digit)]).join("")}` : "");
}

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const THOUSANDS = ["", " thousand", " million", " billion"] as const;

function hundreds(number: number): string {
  const most = Math.floor(number / 100);
  const rest = number % 100;
  const tens = rest < 20 ? ONES[rest] : TENS[Math.floor(rest / 10)] + (rest % 10 ? `-${ONES[rest % 10]}` : "");
  return [most > 0 ? `${ONES[most]} hundred` : "", rest > 0 ? tens : ""].filter(Boolean).join(" ");
}

/** A number with its decimals in English: two hundred thousand, thirty-five point five. */
export function decimalInEnglish(sum: number): string {
  const { whole, rest } = thousandths(sum);
  const parts: string[] = [];
  for (let place = 3; place >= 0; place--) {
    const part = Math.floor(whole / 1000 ** place) % 1000;
    if (part > 0) parts.push(hundreds(part) + THOUSANDS[place]);
  }
  const behind = String(rest).padStart(3, "0").replace(/0+$/, "");
  const point = behind ? ` point ${[...behind].map((digit) => ONES[Number(digit)]).join(" ")}` : "";
  return (parts.join(" ") || "zero") + point;
}
