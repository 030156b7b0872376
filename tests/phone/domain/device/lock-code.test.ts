// The quick code: what will do, what opens, when an untouched phone locks.
import { expect, test } from "vitest";
import { codeFault, ITERATIONS, isCode, isIdle, keptCode } from "../../../../static/phone/domain/device/lock-code";

const FEW = 1000; // the tests need not be slow; the app uses ITERATIONS

test("a code is four to six digits that others don't guess", () => {
  for (const code of ["123", "1234567", "12a4", ""]) expect(codeFault(code)).toBe("digits");
  for (const code of ["1111", "1234", "345678", "9876", "3210"]) expect(codeFault(code)).toBe("easy");
  for (const code of ["1357", "80244", "591048"]) expect(codeFault(code)).toBeNull();
});

test("only the code itself opens", async () => {
  const kept = await keptCode("2580", FEW);
  expect(await isCode("2580", kept)).toBe(true);
  for (const code of ["2581", "258", "25800", ""]) expect(await isCode(code, kept)).toBe(false);
});

test("what is kept holds no code, and never twice the same", async () => {
  const [one, other] = [await keptCode("2580", FEW), await keptCode("2580", FEW)];
  expect(one.hash).not.toBe(other.hash);
  expect(JSON.stringify(one)).not.toContain("2580");
  expect(ITERATIONS).toBeGreaterThanOrEqual(310_000);
});

test("it locks after its minutes, never at 0, and when the clock was set back", () => {
  const at = 1_800_000_000_000;
  expect(isIdle(at, at + 5 * 60_000 - 1, 5)).toBe(false);
  expect(isIdle(at, at + 5 * 60_000, 5)).toBe(true);
  expect(isIdle(at, at + 1e9, 0)).toBe(false);
  expect(isIdle(at, at - 3_600_000, 5)).toBe(true);
});
