// Brings a field that is still asked for into sight.

export function show(id: string): void {
  navigator.vibrate?.([40, 60, 40]);
  const field = document.getElementById(id);
  field?.scrollIntoView({ block: "center" });
  field?.focus({ preventScroll: true });
}
