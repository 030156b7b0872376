// A sentence that must be read. By itself, for the sign-in has no frame around it and comes first.
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../../../shared/parts/icon";

interface NoteProps {
  tone?: "warn" | "ok" | "calm"; // a warning where none is named; red is not for faults
  icon?: IconName;
  alert?: boolean; // read out at once
  children: ComponentChildren;
}

/** A sentence that must be read. */
export function Note({ tone, icon, alert, children }: NoteProps) {
  return (
    <p class={tone ? `note note--${tone}` : "note"} role={alert ? "alert" : undefined}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </p>
  );
}
