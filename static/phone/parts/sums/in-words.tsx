// What will be saved, in words: a sum that is wrong by a nought is heard here.
import { isChinese } from "../../../shared/words/say";
import { decimalInChinese, decimalInEnglish, yuanInChinese } from "../../domain/amount/in-words";
import { readSum } from "../../domain/amount/read";
import type { AmountRow, Sums } from "../../domain/visit/record";
import { say } from "../../words/record";

/** The sentence; nothing where no sum can be read. */
export function InWords({ sums }: { sums: Sums }) {
  const parts = (["kept", "lost"] as const).flatMap((meaning) => {
    const said = sums[meaning].flatMap((row) => {
      const sum = readSum(row.text, row.unit);
      return sum === null || sum === 0 ? [] : [{ row, sum }];
    });
    return said.map((one, place) => ({ ...one, opening: place === 0 ? say(`words.${meaning}`) : "" }));
  });
  if (parts.length === 0) return null;
  return (
    <p class="sums__words" role="status">
      {parts.map(({ row, sum, opening }, place) => (
        <>
          {place > 0 && say(opening ? "words.next" : "words.between")}
          {opening}
          <b>{spelled(row, sum)}</b>
          {say(`words.${row.proof ?? "none"}`)}
        </>
      ))}
      {say("words.end")}
    </p>
  );
}

/** A sum spelled out in the language that is spoken. */
function spelled({ kind }: AmountRow, sum: number): string {
  const inWords = isChinese() ? yuanInChinese(sum) : decimalInEnglish(sum);
  if (kind === "gold") return say("words.gold", { n: isChinese() ? decimalInChinese(sum) : inWords, grams: sum });
  return say(kind === "other" ? "words.goods" : "words.yuan", { n: inWords });
}
