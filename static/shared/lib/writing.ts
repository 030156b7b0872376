// Whether somebody is writing: what goes on around them must not take the field away.

const BOXES = ["checkbox", "radio", "file"];

/** Whether a field of text has the focus, and with it, on a phone, the keyboard. */
export function isWriting(): boolean {
  const at = document.activeElement;
  return at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && !BOXES.includes(at.type));
}
