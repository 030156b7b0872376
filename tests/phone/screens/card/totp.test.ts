// The codes of the officer card against the vectors of RFC 4226 (appendix D) and RFC 6238 (appendix B, SHA-1).
import { expect, test } from "vitest";
import { codeOf, counterAt, fromBase32 } from "../../../../static/phone/screens/card/totp";

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"; // "12345678901234567890"

test("base32 gives the bytes of the RFC's secret", () => {
  expect(new TextDecoder().decode(fromBase32(SECRET))).toBe("12345678901234567890");
  expect(() => fromBase32("01")).toThrow();
});

test.each(["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"])(
  "the counters of RFC 4226 give %s",
  async (code) => {
    const codes = await Promise.all(Array.from({ length: 10 }, (_, counter) => codeOf(fromBase32(SECRET), counter, 6)));
    expect(codes).toContain(code);
  },
);

test.each([
  [59, "94287082"],
  [1111111109, "07081804"],
  [1111111111, "14050471"],
  [1234567890, "89005924"],
  [2000000000, "69279037"],
  [20000000000, "65353130"],
])("second %i of RFC 6238 gives %s", async (second, code) => {
  expect(await codeOf(fromBase32(SECRET), counterAt(second * 1000, 30).counter, 8)).toBe(code);
});

test("a minute ends where the next begins", () => {
  expect(counterAt(0, 60)).toEqual({ counter: 0, leftMs: 60_000 });
  expect(counterAt(59_999, 60)).toEqual({ counter: 0, leftMs: 1 });
  expect(counterAt(60_000, 60)).toEqual({ counter: 1, leftMs: 60_000 });
});
