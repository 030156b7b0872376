// Why a typed sum is not taken: the place, the reason, and the sums that may be meant.

export type Reason =
  | "letters" // what has no meaning in a sum
  | "comma" // neither thousands nor a decimal point
  | "point" // two of them, or one with nothing behind it
  | "two" // more than one sum
  | "order" // units in no order in which anybody counts
  | "rest" // 3万50: thirty thousand and fifty, or five thousand?
  | "about" // 左右
  | "unit" // 5000 in a field of ten thousands
  | "kind" // grams in a field of money, or money in one of gold
  | "foreign" // another currency
  | "number" // no number at all
  | "most" // more than anybody has
  | "fine"; // finer than a thousandth

/** Something typed that is asked back. */
export interface Doubt {
  why: Reason;
  what: string; // the piece that is meant, as it was typed
  at: number; // where it begins
  offers: number[]; // the sums in yuan or grams that it may be
}

/** Thrown inside the reader, and caught by it. */
export class Doubted extends Error {
  readonly doubt: Doubt;

  constructor(why: Reason, where: { text: string; at: number } | undefined, offers: number[] = []) {
    super(why);
    this.doubt = { why, what: where?.text ?? "", at: where?.at ?? 0, offers };
  }
}
