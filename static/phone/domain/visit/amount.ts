// Sums as people type them at a door: 20, 1.5万, 200,000, ３０; read into yuan (or grams) and written back.

export type Unit = "wan" | "yuan" | "g";

const WAN = 10_000;
const YI = 100_000_000;
const MOST = 99_999_999_999; // yuan: what the server's column holds
const FULL_WIDTH = /[０-９．，]/g;

function halfWidth(text: string): string {
  return text.replace(FULL_WIDTH, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0));
}

/** A typed sum in yuan (grams where the unit says so), with at most three decimals; null where it can't be read. */
export function readSum(text: string, unit: Unit): number | null {
  const plain = halfWidth(text)
    .replace(/[\s,¥元克]/g, "")
    .replace(/。/g, ".");
  const found = /^(\d+(?:\.\d*)?|\.\d+)(万|亿)?$/.exec(plain);
  if (!found?.[1]) return null;
  const sum = Math.round(Number(found[1]) * factorOf(found[2], unit) * 1000) / 1000;
  return sum <= MOST ? sum : null;
}

function factorOf(sign: string | undefined, unit: Unit): number {
  if (sign === "亿") return YI;
  return sign === "万" || unit === "wan" ? WAN : 1;
}

/** A sum in yuan or grams as it stands in a field of that unit, without grouping. */
export function writeSum(sum: number, unit: Unit): string {
  return String(unit === "wan" ? Number((sum / WAN).toFixed(7)) : sum);
}

/** The same text in another unit of money; what can't be read stays as it was typed. */
export function convert(text: string, from: Unit, to: Unit): string {
  const sum = from === to ? null : readSum(text, from);
  return sum === null ? text : writeSum(sum, to);
}
