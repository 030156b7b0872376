// What a component does once, when it is mounted.
import { type EffectCallback, useEffect } from "preact/hooks";

/** Run `begin` when the component is mounted, and what it returns when it is unmounted; no change runs it again. */
export function useOnce(begin: EffectCallback): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once is what its name promises
  useEffect(begin, []);
}
