// Whatever is typed: the sums that are written in any of their ways come back exactly, and nothing else becomes a sum.
import { describe, expect, it } from "vitest";
import {
  chinese,
  decimalInChinese,
  decimalInEnglish,
  yuanInChinese,
} from "../../../../static/phone/domain/amount/in-words";
import { type Doubt, readAmount, readSum } from "../../../../static/phone/domain/amount/read";
import { writeSum } from "../../../../static/phone/domain/amount/write";
import { rolls } from "../../support/rolls";

const RUNS = 4000;
const INVISIBLE = ["\u200b", "\u200e", "\ufeff", "\u2060"];
const UNITS = ["wan", "yuan", "g"] as const;

/** Digits from elsewhere, by their own arithmetic: a number of thousandths as plain text. */
function plain(thousandths: number): string {
  const behind = String(thousandths % 1000)
    .padStart(3, "0")
    .replace(/0+$/, "");
  return String(Math.floor(thousandths / 1000)) + (behind && `.${behind}`);
}

function fullWidth(text: string): string {
  return text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
}

describe("any sum", () => {
  it("is read as itself, however it is written, in every field of money", () => {
    const roll = rolls(1);
    for (let run = 0; run < RUNS; run++) {
      const thousandths = Math.floor(10 ** roll.between(0, 14));
      const text = plain(thousandths);
      const [whole = "", behind] = text.split(".");
      const thousands = whole.replace(/\B(?=(\d{3})+$)/g, roll.one([",", " ", "，"])) + (behind ? `.${behind}` : "");
      const seen = roll.one([text, thousands, fullWidth(text), yuanInChinese(thousandths / 1000).replace(/元$/, "")]);
      const at = roll.upTo(seen.length);
      const hidden = roll.one(["", ...INVISIBLE]);
      const typed = `${roll.one(["", "￥", " "])}${seen.slice(0, at)}${hidden}${seen.slice(at)}${roll.one(["元", "块", " 元整"])}`;
      const ending = /[角分厘]/.test(seen) ? typed.replace(/(元|块| 元整)$/, "") : typed;
      expect([ending, readAmount(ending, roll.one(["wan", "yuan"]))]).toEqual([ending, { sum: thousandths / 1000 }]);
    }
  });

  it("is read as itself with its scale", () => {
    const roll = rolls(2);
    for (let run = 0; run < RUNS; run++) {
      const tenths = 1 + roll.upTo(99_999);
      const [scale, worth] = roll.one([
        ["万", 10_000],
        ["w", 10_000],
        ["k", 1000],
        ["千", 1000],
        ["亿", 100_000_000],
      ] as const);
      const sum = (tenths * worth) / 100;
      const typed = `${tenths / 100}${roll.one(["", " "])}${scale}${roll.one(["", "元"])}`;
      if (sum > 99_999_999_999) expect(readSum(typed, "yuan")).toBeNull();
      else expect([typed, readSum(typed, "wan")]).toEqual([typed, sum]);
    }
  });

  it("comes back from the text of its field", () => {
    const roll = rolls(3);
    for (let run = 0; run < RUNS; run++) {
      const sum = Math.floor(10 ** roll.between(0, 10)) / 1000;
      const unit = roll.one(UNITS);
      expect([sum, unit, readSum(writeSum(sum, unit), unit)]).toEqual([sum, unit, sum]);
    }
  });
});

/** Whether this can be a sum at all: of thousandths, and with nothing in it that makes a sum uncertain. */
function isSum(text: string, sum: number): boolean {
  const uncertain = /[a-fh-jl-vx-z$%、😀字半几多左右约到~+-]/iu.test(text);
  return !uncertain && sum >= 0 && Math.abs(sum * 1000 - Math.round(sum * 1000)) < 0.1;
}

/** Whether the place that is asked about was typed there. */
function isPlace(text: string, { at, what, offers }: Doubt): boolean {
  const inside = fullWidth(text.slice(at)).startsWith(fullWidth(what).slice(0, 1));
  return at >= 0 && at <= text.length && inside && offers.every((sum) => sum >= 0 && sum <= 99_999_999_999);
}

describe("anything", () => {
  const PIECES = [
    ..."0123456789０５.,，、 '-+~元块角分万千百十亿零一二两三五九半几多左右约克gwkKW￥$%eE点到整\u200b\u202e😀\ud83d字",
  ];

  it("is read or asked back with a place that was typed, and never read apart from its letters", () => {
    const roll = rolls(4);
    const wrong: string[] = [];
    for (let run = 0; run < 5 * RUNS; run++) {
      const text = Array.from({ length: 1 + roll.upTo(9) }, () => roll.one(PIECES)).join("");
      const reading = readAmount(text, roll.one(UNITS));
      if (reading === null) continue;
      const fine = "sum" in reading ? isSum(text, reading.sum) : isPlace(text, reading.doubt);
      if (!fine) wrong.push(`${JSON.stringify(text)}: ${JSON.stringify(reading)}`);
    }
    expect(wrong).toEqual([]);
  });

  it("of digits and one point is read as its digits say, and of digits and one comma only in thousands", () => {
    const roll = rolls(5);
    for (let run = 0; run < RUNS; run++) {
      const [left, right] = [String(roll.upTo(99_999)), String(roll.upTo(9999))];
      const behind = right.slice(0, 1 + roll.upTo(3));
      const [point, comma] = [readAmount(`${left}.${behind}`, "yuan"), readSum(`${left},${right}`, "yuan")];
      if (behind.length <= 3) expect(point).toEqual({ sum: Number(`${left}.${behind}`) });
      else
        expect(point && "doubt" in point ? point.doubt.why : Number(behind) % 10).toBe(
          point && "doubt" in point ? "fine" : 0,
        );
      expect(comma).toBe(right.length === 3 && left.length <= 3 ? Number(left + right) : null);
    }
  });
});

describe("a sum in words", () => {
  it.each([
    [200_000, "二十万元"],
    [10_000, "一万元"],
    [20_000, "两万元"],
    [2000, "两千元"],
    [22_222, "两万两千二百二十二元"],
    [12, "十二元"],
    [100_005_000, "一亿零五千元"],
    [200_500, "二十万零五百元"],
    [205_000, "二十万五千元"],
    [5000.5, "五千元五角"],
    [0.3, "三角"],
    [10_020.03, "一万零二十元三分"],
    [0, "零元"],
    [110, "一百一十元"],
    [100_010, "十万零一十元"],
    [99_999_999_999, "九百九十九亿九千九百九十九万九千九百九十九元"],
  ])("says %d as %s", (sum, said) => {
    expect(yuanInChinese(sum)).toBe(said);
    expect(readSum(said, "wan")).toBe(sum);
  });

  it.each([
    [200_000, "two hundred thousand"],
    [10_000, "ten thousand"],
    [35.5, "thirty-five point five"],
    [1_002_021.05, "one million two thousand twenty-one point zero five"],
    [0, "zero"],
    [0.5, "zero point five"],
    [119, "one hundred nineteen"],
  ])("says %d as %s", (sum, said) => {
    expect(decimalInEnglish(sum)).toBe(said);
  });

  it("says grams with their point", () => {
    expect([decimalInChinese(35.5), decimalInChinese(1.05), chinese(20)]).toEqual(["三十五点五", "一点零五", "二十"]);
  });
});
