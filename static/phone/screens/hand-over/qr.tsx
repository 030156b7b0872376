// A QR code drawn as one path, black on white in every theme: a camera must read it in the sun.

interface QrProps {
  modules: readonly (readonly boolean[])[];
  name: string;
}

export function Qr({ modules, name }: QrProps) {
  const side = modules.length;
  let path = "";
  modules.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) path += `M${x} ${y}h1v1h-1z`;
    });
  });
  return (
    <svg class="qr" viewBox={`0 0 ${side} ${side}`} shape-rendering="crispEdges" role="img" aria-label={name}>
      <rect class="paper" width={side} height={side} />
      <path class="ink" d={path} />
    </svg>
  );
}
