// The time of day with its seconds, for a line that tells when something was kept.

const face = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Shanghai",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

export function clock(at: number): string {
  return face.format(new Date(at));
}
