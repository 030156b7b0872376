// What every field of words says.
import { catalogue, sayer } from "../../../shared/words/say";

export const say = sayer(
  catalogue(
    {
      "too_long": "{n} 字，最多 {most} 字：最后 {over} 字发不出去。",
    },
    {
      "too_long": "{n} letters, {most} at most: the last {over} won't be sent.",
    },
  ),
);
