// How a picture is made small enough to travel: never longer than 1,600 pixels, at most 300 kB.

export const LONGEST = 1600; // pixels
export const MOST_BYTES = 300_000;

export interface Size {
  width: number;
  height: number;
}

export interface Attempt {
  longest: number; // pixels of the long side
  quality: number; // of the JPEG, 0 to 1
}

/** The size of a picture whose long side may have `longest` pixels; never larger than it was, never nothing. */
export function fitted({ width, height }: Size, longest: number): Size {
  const part = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * part)), height: Math.max(1, Math.round(height * part)) };
}

export const FIRST: Attempt = { longest: LONGEST, quality: 0.82 };
const COARSEST = 0.5;

/** What to try after an attempt came out at `bytes`; null when it is small enough. */
export function nextAttempt({ longest, quality }: Attempt, bytes: number): Attempt | null {
  if (bytes <= MOST_BYTES) return null;
  if (quality > COARSEST) return { longest, quality: Math.max(COARSEST, quality - 0.14) };
  const part = Math.min(0.85, Math.sqrt(MOST_BYTES / bytes));
  return { longest: Math.max(1, Math.floor(longest * part)), quality };
}
