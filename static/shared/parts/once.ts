// What a component does once, when it first stands.
import { type EffectCallback, useEffect } from "preact/hooks";

/** Run `begin` when the component first stands, and what it returns when it goes; no later change runs it again. */
export function useOnce(begin: EffectCallback): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once is what its name promises
  useEffect(begin, []);
}
