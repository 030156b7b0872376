// How Chinese names are read, as the worklist says: where English is spoken the reading stands beside the characters.
import { computed } from "@preact/signals";
import { isChinese } from "../../../shared/words/say";
import { type Place, spoken, townAndVillage } from "../../domain/work/place";
import { work } from "../disk/store";

/** By the name as it is written, and for a division also as people say it. */
const readings = computed(() => {
  const told = isChinese() ? {} : (work.value?.readings ?? {}); // an older worklist on disk has none
  return new Map(Object.entries(told).flatMap(([name, reading]) => [name, spoken(name)].map((one) => [one, reading])));
});

/** How a name is read; nothing where Chinese is spoken, or where nobody has said. */
export function readingOf(name: string): string | undefined {
  return readings.value.get(name);
}

/** A name inside an English sentence: as it is read, where that is known. */
export function called(name: string): string {
  return readingOf(name) ?? name;
}

/** A name with its reading as plain text, for what is drawn or read aloud. */
export function writtenOut(name: string): string {
  const reading = readingOf(name);
  return reading ? `${name} ${reading}` : name;
}

/** Town and village as they are read; nothing where one of them has no reading. */
export function groundReading(place: Place): string | undefined {
  const parts = place.divisions.slice(-2).map(readingOf);
  return parts.length > 0 && parts.every(Boolean) ? parts.join(", ") : undefined;
}

/** Town and village inside an English sentence. */
export const groundCalled = (place: Place): string => groundReading(place) ?? townAndVillage(place);
