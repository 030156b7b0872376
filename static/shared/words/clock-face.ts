// The time of day with seconds, for a line that says when something was saved.

const face = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Shanghai",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

export function clock(at: number): string {
  return face.format(new Date(at));
}
