// A picture's file that is gone after the picture was kept says nothing of it, and stops nothing.
import "../../support/setup";
import { expect, it } from "vitest";
import { isCut } from "../../../../static/phone/data/outbox/photos";

it("takes a file for cut by its end, and not one that can't be read any more", async () => {
  const gone = { arrayBuffer: () => Promise.reject(new DOMException("", "NotReadableError")) } as unknown as Blob;
  expect(await isCut(gone)).toBe(false);
  expect(await isCut(new Blob([new Uint8Array([0xff, 0xd8, 0xff])]))).toBe(true);
});
