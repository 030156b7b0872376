// Photos are made small enough to travel: the mathematics of it.
import { describe, expect, it } from "vitest";
import {
  type Attempt,
  FIRST,
  fitted,
  LONGEST,
  MOST_BYTES,
  nextAttempt,
} from "../../../../static/phone/domain/visit/photo-size";

describe("the size of a picture", () => {
  it("has its long side at 1,600 at most, in proportion", () => {
    expect(fitted({ width: 4000, height: 3000 }, LONGEST)).toEqual({ width: 1600, height: 1200 });
    expect(fitted({ width: 3000, height: 4000 }, LONGEST)).toEqual({ width: 1200, height: 1600 });
  });

  it("never grows, and never vanishes", () => {
    expect(fitted({ width: 800, height: 600 }, LONGEST)).toEqual({ width: 800, height: 600 });
    expect(fitted({ width: 20_000, height: 3 }, LONGEST)).toEqual({ width: 1600, height: 1 });
  });
});

describe("the attempts", () => {
  it("end as soon as it is small enough", () => {
    expect(nextAttempt(FIRST, MOST_BYTES)).toBeNull();
  });

  it("lower the quality first, then the size, and come to an end for any picture", () => {
    let attempt: Attempt = FIRST;
    const tried: Attempt[] = [];
    for (let count = 0; count < 30; count += 1) {
      const bytes = attempt.longest ** 2 * attempt.quality * 3; // noise: the worst there is
      const next = nextAttempt(attempt, bytes);
      if (next === null) break;
      tried.push(next);
      attempt = next;
    }
    expect(tried[0]?.longest).toBe(LONGEST);
    expect(tried.length).toBeLessThan(10);
    expect(attempt.longest).toBeGreaterThan(300);
  });
});
