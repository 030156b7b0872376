// A picture whose file was cut off anywhere is known, and no whole one is taken for cut.
import { describe, expect, it } from "vitest";
import { isWhole } from "../../../../static/phone/domain/visit/whole-picture";

const bytes = (...parts: (number | string | number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...part].map((c) => c.charCodeAt(0)) : part)));

/** A segment of a JPEG: its marker, its length, its content. */
const segment = (marker: number, ...content: number[]): number[] => [0xff, marker, 0, content.length + 2, ...content];
const PREVIEW = segment(0xe1, 0xff, 0xd8, 0xff, 0xd9, 7); // a picture inside the picture's notes
const SCAN = [...segment(0xda, 1), 5, 0xff, 0x00, 6, 0xff, 0xd3, 7];
const JPEG = bytes(0xff, 0xd8, PREVIEW, segment(0xdb, 1, 2), SCAN, segment(0xc4, 3), SCAN, 0xff, 0xff, 0xd9);
const PNG = bytes(
  0x89,
  "PNG\r\n",
  0x1a,
  0x0a,
  [0, 0, 0, 2],
  "IDAT",
  1,
  2,
  0,
  0,
  0,
  0,
  [0, 0, 0, 0],
  "IEND",
  1,
  2,
  3,
  4,
);
const WEBP = bytes("RIFF", [8, 0, 0, 0], "WEBPVP8 ");
const KINDS = { JPEG, PNG, WEBP };

describe.each(Object.entries(KINDS))("%s", (_name, whole) => {
  it("is whole, also with something behind its end", () => {
    expect(isWhole(whole)).toBe(true);
    expect(isWhole(bytes([...whole], "SEFT", 0, 1))).toBe(true);
  });

  it("is not whole, wherever it was cut behind its first signs", () => {
    const cut = Array.from({ length: whole.length - 12 }, (_, place) => whole.slice(0, place + 12));
    expect(cut.filter((part) => isWhole(part)).map(({ length }) => length)).toEqual([]);
  });
});

it("leaves a format that it does not know to the decoder", () => {
  for (const other of [bytes(), bytes("GIF89a"), bytes(0, 0, 0, 24, "ftypheic"), bytes(0xff)])
    expect(isWhole(other)).toBe(true);
});

it("ends with every file, whatever stands in it", () => {
  for (let seed = 1; seed < 2000; seed += 1) {
    const noise = Uint8Array.from({ length: 40 }, (_, place) => (Math.sin(seed * 97 + place) * 1e4) & 255);
    for (const file of [bytes(0xff, 0xd8, [...noise]), bytes([...PNG.slice(0, 8)], [...noise])])
      expect(isWhole(file)).toBeTypeOf("boolean");
  }
});
