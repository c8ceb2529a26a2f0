import type { Grammar } from './grammar.ts';
import { fault, found, unsupported } from './grammar.ts';

/**
 * One of a few words, exactly as written.
 * @param words each word and what it means; of words with one meaning the first is canonical
 * @param later words of ImageKit's that are not offered yet, and what they ask for
 */
export function choice<const T extends string>(
  words: Readonly<Record<string, T>>,
  later: Readonly<Record<string, string>> = {},
): Grammar<T> {
  const meanings = new Map(Object.entries(words));
  const features = new Map(Object.entries(later));
  const expected = `one of ${[...meanings.keys()].join(', ')}`;
  return {
    expected,
    parse: (text) => {
      const value = meanings.get(text);
      if (value !== undefined) return found(value);
      const feature = features.get(text);
      return feature === undefined ? fault(expected) : unsupported(feature);
    },
    format: (value) => [...meanings].find(([, meaning]) => meaning === value)?.[0] ?? value,
    samples: [...meanings.keys()],
  };
}

/** Words that mean themselves. */
export function oneOf<const T extends string>(
  words: readonly T[],
  later: Readonly<Record<string, string>> = {},
): Grammar<T> {
  return choice(Object.fromEntries(words.map((word) => [word, word])), later);
}
