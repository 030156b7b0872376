// Typed sums: each is read exactly, or asked back with the place and the reason; none is guessed.
import { describe, expect, it } from "vitest";
import { convert, type Reason, readAmount, readSum } from "../../../../static/phone/domain/amount/read";
import { type Unit, writeSum } from "../../../../static/phone/domain/amount/write";

type Read = readonly [text: string, unit: Unit, sum: number];
type Asked = readonly [text: string, unit: Unit, why: Reason, what: string, offers?: readonly number[]];

const IN_THE_FIELDS_UNIT: Read[] = [
  ["20", "wan", 200_000],
  ["87.8", "wan", 878_000],
  ["0.1", "wan", 1000],
  ["1.23456", "wan", 12_345.6],
  ["30", "yuan", 30],
  ["200,000", "yuan", 200_000],
  [".5", "g", 0.5],
  ["99999999999", "yuan", 99_999_999_999],
  ["二十", "wan", 200_000],
  ["五", "wan", 50_000],
  ["0", "yuan", 0],
  ["20.", "wan", 200_000],
  ["20。", "wan", 200_000],
];
const THE_TYPED_UNIT_WINS: Read[] = [
  ["5000元", "wan", 5000],
  ["20万", "yuan", 200_000],
  ["20万", "wan", 200_000],
  ["20萬元", "wan", 200_000],
  ["1.2 亿", "yuan", 120_000_000],
  ["20w", "yuan", 200_000],
  ["1.5W", "wan", 15_000],
  ["50k", "wan", 50_000],
  ["5K", "yuan", 5000],
  ["3千", "wan", 3000],
  ["5千万", "yuan", 50_000_000],
  ["5000块", "wan", 5000],
  ["5000块钱", "wan", 5000],
  ["￥5,000.50", "wan", 5000.5],
  ["¥5000", "wan", 5000],
  ["RMB 5000", "wan", 5000],
  ["5000 CNY", "wan", 5000],
  ["人民币5000元整", "wan", 5000],
  ["20 thousand yuan", "yuan", 20_000],
  ["1.5 million", "yuan", 1_500_000],
  ["35克", "g", 35],
  ["1千克", "g", 1000],
  ["35.5 g", "g", 35.5],
  ["三百元", "wan", 300],
  ["8毛", "wan", 0.8],
  ["5元5角2分", "yuan", 5.52],
  ["5块5", "yuan", 5.5],
  ["三块五", "yuan", 3.5],
];
const AS_PEOPLE_SPEAK: Read[] = [
  ["三万五", "yuan", 35_000],
  ["三万五", "wan", 35_000],
  ["两千", "wan", 2000],
  ["十二万", "yuan", 120_000],
  ["两千", "yuan", 2000],
  ["3万5", "yuan", 35_000],
  ["3w5", "yuan", 35_000],
  ["3万5千", "yuan", 35_000],
  ["3万5000", "yuan", 35_000],
  ["13万2", "yuan", 132_000],
  ["7千3百", "yuan", 7300],
  ["六千7", "yuan", 6700],
  ["六千九百七", "yuan", 6970],
  ["一百二", "yuan", 120],
  ["两万零五", "yuan", 20_005],
  ["五十万零五千", "yuan", 505_000],
  ["一亿二", "yuan", 120_000_000],
  ["一点二亿", "yuan", 120_000_000],
  ["十二点五万", "yuan", 125_000],
  ["零点五万", "yuan", 5000],
  ["3点5万", "yuan", 35_000],
  ["壹拾贰万叁仟元整", "yuan", 123_000],
  ["两仟陆佰元", "wan", 2600],
  ["三千五百万", "yuan", 35_000_000],
  ["一万零二十元三角", "yuan", 10_020.3],
];
const HOWEVER_IT_IS_WRITTEN: Read[] = [
  ["３０", "yuan", 30],
  ["２０．５", "wan", 205_000],
  ["１，２５０", "yuan", 1250],
  ["５０００元", "wan", 5000],
  ["1 250 000", "yuan", 1_250_000],
  ["1'250'000", "yuan", 1_250_000],
  ["1\u00a0250", "yuan", 1250],
  ["\u200b5000\u200e元", "wan", 5000],
  ["\ufeff20", "wan", 200_000],
  ["5\u200b000", "yuan", 5000],
  ["  20 万 ", "yuan", 200_000],
  ["\u202e20\u202c", "wan", 200_000],
  ["1,234,567.89", "yuan", 1_234_567.89],
  ["20\u0000", "wan", 200_000],
];
const ASKED: Asked[] = [
  ["12,5", "wan", "comma", "12,5", [125_000, 1_250_000]],
  ["12，5", "wan", "comma", "12，5", [125_000, 1_250_000]],
  ["21,1", "yuan", "comma", "21,1", [21.1, 211]],
  ["2,55", "yuan", "comma", "2,55", [2.55, 255]],
  ["1,2345", "yuan", "comma", "1,2345", [12_345]],
  ["5,", "yuan", "comma", "5,", [5]],
  ["1.234,56", "yuan", "comma", "1.234,56", []],
  ["12.212,12", "yuan", "comma", "12.212,12", []],
  ["123,.,123", "yuan", "comma", "123,.,123", []],
  ["123.123.123", "yuan", "point", "123.123.123"],
  ["1.2.3", "yuan", "point", "1.2.3"],
  ["5..", "yuan", "point", "5.."],
  [".", "yuan", "point", "."],
  ["5000", "wan", "unit", "5000", [5000, 50_000_000]],
  ["200000", "wan", "unit", "200000", [200_000, 2_000_000_000]],
  ["三百", "wan", "unit", "三", [300, 3_000_000]],
  ["三万五元", "yuan", "rest", "五", [35_000, 30_005]],
  ["3万50", "yuan", "rest", "50"],
  ["三千五万", "yuan", "rest", "五"],
  ["5块05", "yuan", "rest", "05"],
  ["两三万", "yuan", "two", "三"],
  ["3-5万", "yuan", "two", "-"],
  ["三到五万", "yuan", "two", "到"],
  ["20 30", "yuan", "two", "20 30"],
  ["12 or 13", "yuan", "letters", "or"],
  ["-5", "yuan", "letters", "-"],
  ["5万左右", "wan", "about", "左右", [50_000]],
  ["20多万", "wan", "about", "多", [200_000]],
  ["约5000", "yuan", "about", "约", [5000]],
  ["十来万", "yuan", "about", "来", [100_000]],
  ["几万块", "yuan", "about", "几", []],
  ["十几万", "yuan", "about", "几", []],
  ["5000+3000", "yuan", "about", "+", []],
  ["大概三万", "yuan", "about", "大概", [30_000]],
  ["万儿八千", "yuan", "letters", "儿"],
  ["5000美元", "yuan", "foreign", "美元"],
  ["$500", "yuan", "foreign", "$"],
  ["3000 USDT", "yuan", "foreign", "USDT"],
  ["5万元", "g", "kind", "元"],
  ["35克", "wan", "kind", "克"],
  ["5²", "yuan", "letters", "²"],
  ["①", "yuan", "letters", "①"],
  ["٥٠٠٠", "yuan", "letters", "٥٠٠٠"],
  ["1e5", "yuan", "letters", "e"],
  ["abc", "yuan", "letters", "abc"],
  ["50%", "yuan", "letters", "%"],
  ["廿万", "yuan", "letters", "廿"],
  ["元", "yuan", "number", ""],
  ["百万", "yuan", "number", "百"],
  ["万", "yuan", "number", "万"],
  ["一万亿", "yuan", "order", "亿"],
  ["三万万", "yuan", "order", "万"],
  ["3百5千", "yuan", "order", "千"],
  ["1.5万5千", "yuan", "order", "5"],
  ["999999999999", "yuan", "most", "999999999999"],
  ["9999999", "wan", "unit", "9999999", [9_999_999, 99_999_990_000]],
  ["1.23456789", "wan", "fine", "1.23456789"],
  ["0.0001", "yuan", "fine", "0.0001"],
  ["😀", "yuan", "letters", "😀"],
  ["三".repeat(100), "yuan", "letters", "三"],
];

describe("a typed sum", () => {
  it.each([...IN_THE_FIELDS_UNIT, ...THE_TYPED_UNIT_WINS, ...AS_PEOPLE_SPEAK, ...HOWEVER_IT_IS_WRITTEN])(
    "reads %j in %s as %d",
    (text, unit, sum) => {
      expect(readAmount(text, unit)).toEqual({ sum });
    },
  );

  const asked = ASKED.map(([text, unit, why, what, offers = []]) => ({ text, unit, why, what, offers }));

  it.each(asked)("asks $text in $unit back: $why", ({ text, unit, why, what, offers }) => {
    const reading = readAmount(text, unit);
    expect(reading).toMatchObject({ doubt: { why, what, offers } });
    if (what && reading && "doubt" in reading)
      expect(text.slice(reading.doubt.at)).toSatisfy((from: string) => from.startsWith(what));
  });

  it.each(["", "  ", "\u200b", "\u00a0\ufeff"])("is none where nothing is typed: %j", (text) => {
    expect(readAmount(text, "wan")).toBeNull();
  });

  it("is the same sum in another unit, and stays as typed where it can't be read", () => {
    expect(convert("20", "wan", "yuan")).toBe("200000");
    expect(convert("200,000", "yuan", "wan")).toBe("20");
    expect(convert("5000元", "wan", "yuan")).toBe("5000");
    expect(convert("两三万", "wan", "yuan")).toBe("两三万");
    expect(writeSum(12_345.6, "wan")).toBe("1.23456");
    expect(readSum("两三万", "yuan")).toBeNull();
  });
});
