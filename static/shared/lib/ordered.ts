// Codes of the server in the order in which people are shown them.

/** All `codes`, those of `first` before the others: a code of the server that is not in `first` comes at the end. */
export function ordered<T extends string>(codes: readonly T[], first: readonly NoInfer<T>[]): readonly T[] {
  return [...first, ...codes.filter((code) => !first.includes(code))];
}
