// Nothing to go to: the lamp over the door, and what happens when there is something.
import type { ComponentChildren } from "preact";

export function Empty({ heading, children }: { heading: string; children: ComponentChildren }) {
  return (
    <div class="empty">
      <svg class="lampart" viewBox="0 0 160 160" aria-hidden="true" focusable="false">
        <circle class="lampart__glow" cx="80" cy="80" r="76" />
        <path class="lampart__door" d="M52 132V58a12 12 0 0 1 12-12h32a12 12 0 0 1 12 12v74z" />
        <path class="lampart__line" d="M36 132h88" />
        <circle class="lampart__knob" cx="97" cy="92" r="3.5" />
        <path class="lampart__lamp" d="M80 20v10M70 30h20l4 9H66z" />
      </svg>
      <p class="empty__h">{heading}</p>
      <p class="second">{children}</p>
    </div>
  );
}
