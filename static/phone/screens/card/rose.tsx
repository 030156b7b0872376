// Fine waves behind the code, as on printed documents.
const WIDE = 328;
const HIGH = 132;
const LINES = 9;
const APART = 4;

function wave(line: number): string {
  const lift = 46 - line * 4.5;
  const turn = line * 0.22;
  let path = "";
  for (let x = 0; x <= WIDE; x += APART) {
    const y =
      HIGH / 2 + lift * Math.sin((2 * Math.PI * x) / (WIDE / 2) + turn) + 5 * Math.sin((2 * Math.PI * x) / 41 + line);
    path += `${x === 0 ? "M" : "L"}${x} ${y.toFixed(1)}`;
  }
  return path;
}

const WAVES = Array.from({ length: LINES }, (_, line) => wave(line));

export function Rose() {
  return (
    <svg class="rose" viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {WAVES.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}
