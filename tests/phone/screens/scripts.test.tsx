// The list of scripts counts what it lists: one's own language, or the other where there is nothing else.
import "../support/setup";
import { expect, it } from "vitest";
import { type Script, scripts } from "../../../static/phone/data/work/scripts";
import { Scripts } from "../../../static/phone/screens/scripts/scripts";
import { said } from "../support/drawn";

const script = (language: string, scam_type: string): Script =>
  ({
    sha256: `${language}-${scam_type}`,
    language,
    scam_type,
    audience: "resident",
    title: "x",
    version: 1,
    show: [],
  }) as unknown as Script;

it("counts what it lists", () => {
  scripts.value = [script("zh-hans", "loan"), script("zh-hans", "other"), script("en", "loan")];
  const [zh, en] = said(() => <Scripts />);
  expect(zh).toContain("2 份");
  expect(en).toContain("1, all on this phone");
});

it("counts the other language where there is no other list", () => {
  scripts.value = [script("zh-hans", "loan"), script("zh-hans", "other")];
  expect(said(() => <Scripts />)[1]).toContain("2, all on this phone");
});
