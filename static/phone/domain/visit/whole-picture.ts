// Whether the file of a picture goes to its end: a browser draws half a JPEG without a word, and leaves the rest grey.

const [SOI, EOI, SOS, FILL] = [0xd8, 0xd9, 0xda, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47];
const IEND = 0x49454e44;
const [RIFF, WEBP] = [0x52494646, 0x57454250];

/** False where the end is missing; a format that is not known here counts as whole, for its decoder says the rest. */
export function isWhole(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes[0] === FILL && bytes[1] === SOI) return hasEndOfJpeg(bytes, view);
  if (PNG.every((sign, place) => bytes[place] === sign)) return hasEndOfPng(view);
  const named = bytes.length >= 12 && view.getUint32(0) === RIFF && view.getUint32(8) === WEBP;
  return !named || bytes.length >= view.getUint32(4, true) + 8;
}

/** From segment to segment, and through the scans between them; a preview inside a segment has an end of its own. */
function hasEndOfJpeg(bytes: Uint8Array, view: DataView): boolean {
  let at = 2;
  for (;;) {
    while (bytes[at] === FILL && bytes[at + 1] === FILL) at += 1;
    const marker = bytes[at + 1];
    if (bytes[at] !== FILL || marker === undefined) return false;
    if (marker === EOI) return true;
    if (at + 4 > bytes.length) return false;
    at += 2 + view.getUint16(at + 2);
    if (marker === SOS) at = endOfScan(bytes, at);
  }
}

/** The next marker after the data of a scan; in it 0xff stands before a 0, or before the number of a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(FILL, from); at >= 0; at = bytes.indexOf(FILL, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== FILL && (next & 0xf8) !== 0xd0) return at;
  }
  return bytes.length;
}

function hasEndOfPng(view: DataView): boolean {
  let at = 8;
  while (at + 12 <= view.byteLength) {
    if (view.getUint32(at + 4) === IEND) return true;
    at += 12 + view.getUint32(at);
  }
  return false;
}
