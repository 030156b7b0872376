// A sum as it stands in a field.

export type Unit = "wan" | "yuan" | "g";

export const WAN = 10_000;

/** A sum in yuan or grams as it stands in a field of that unit, without grouping. */
export function writeSum(sum: number, unit: Unit): string {
  return (unit === "wan" ? sum / WAN : sum).toFixed(7).replace(/\.?0+$/, "");
}

/** How yuan are written: round ones in 万, as they are said, where that may be. */
export function written(sum: number, wan: boolean): { text: string; unit: Unit } {
  const unit = wan && sum >= WAN && sum < 1000 * WAN && sum % 100 === 0 ? "wan" : "yuan";
  return { text: writeSum(sum, unit), unit };
}
