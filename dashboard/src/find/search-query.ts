import type { View } from '../browse/view.ts';

/** A text as the query language takes it. */
const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** A word without one is nothing that is searched for. */
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** Each word has to be in the name, a tag or the description. */
const wordQuery = (word: string): string => {
  const text = quoted(word);
  return `(name HAS ${text} OR tags HAS ${text} OR description HAS ${text})`;
};

/** The search of a view in the API's query language. */
export function searchQuery({ words, tag }: Pick<View, 'words' | 'tag'>): string {
  return [
    'type = "file"',
    ...words
      .split(/\s+/)
      .filter((word) => LETTER_OR_DIGIT.test(word))
      .map(wordQuery),
    ...(tag === undefined ? [] : [`tags IN [${quoted(tag)}]`]),
  ].join(' AND ');
}
