// Keeps a list still while a hand is on it, and for two seconds after.
import { useEffect, useRef } from "preact/hooks";
import { steady } from "../../domain/work/steady";
import type { View } from "../../domain/work/view";

const REST_MS = 2000;
const TOUCHES = ["pointerdown", "pointerup", "pointercancel", "touchmove", "wheel", "keydown", "scroll"] as const;
const DOWN: readonly string[] = ["pointerdown", "touchmove"];
const UP: readonly string[] = ["pointerup", "pointercancel"];

/** The views in an order that only changes while nobody touches the screen. To be drawn again each second. */
export function useSteady(fresh: readonly View[]): readonly View[] {
  const held = useRef(fresh);
  const touched = useRef(0);
  const down = useRef(false);
  useEffect(() => {
    const hand = ({ type }: Event): void => {
      touched.current = Date.now();
      if (DOWN.includes(type)) down.current = true;
      if (UP.includes(type)) down.current = false;
    };
    const options = { capture: true, passive: true };
    for (const type of TOUCHES) addEventListener(type, hand, options);
    return () => {
      for (const type of TOUCHES) removeEventListener(type, hand, options);
    };
  }, []);
  const free = held.current.length === 0 || (!down.current && Date.now() - touched.current >= REST_MS);
  held.current = free ? fresh : steady(held.current, fresh);
  return held.current;
}
