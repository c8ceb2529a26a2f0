import { type Filters, SIZES, type State, splitField } from './filters.ts';

/** A text as the query language takes it. */
const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** A word without one is nothing that is searched for. */
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** Each word has to be in the name, a tag or the description. */
const wordQuery = (word: string): string => {
  const text = quoted(word);
  return `(name HAS ${text} OR tags HAS ${text} OR description HAS ${text})`;
};

const STATE_QUERIES: Readonly<Record<State, string>> = {
  private: 'private = true',
  draft: 'published = false',
  'no-description': 'description NOT EXISTS',
  'no-tags': 'tags NOT EXISTS',
};

function fieldQuery(field: string): string {
  const [name, value] = splitField(field);
  const isBare = value === 'true' || value === 'false' || /^-?\d+(\.\d+)?$/.test(value);
  return `customMetadata.${name} = ${isBare ? value : quoted(value)}`;
}

/** The search of a view in the API's query language; kinds are a parameter of their own there. */
export function searchQuery({ words, ...filters }: Filters & { readonly words: string }): string {
  const { tag, format, within, size, since, state, field, query } = filters;
  const [least, less] = size === undefined ? [] : SIZES[size];
  return [
    'type = "file"',
    ...words
      .split(/\s+/)
      .filter((word) => LETTER_OR_DIGIT.test(word))
      .map(wordQuery),
    tag !== undefined && `tags IN [${quoted(tag)}]`,
    format !== undefined && `format = ${quoted(format)}`,
    within !== undefined && within !== '/' && `path : ${quoted(within)}`,
    least !== undefined && `size >= ${quoted(least)}`,
    less !== undefined && `size < ${quoted(less)}`,
    since !== undefined && `createdAt > ${quoted(since)}`,
    state !== undefined && STATE_QUERIES[state],
    field !== undefined && fieldQuery(field),
    query !== undefined && `(${query})`,
  ]
    .filter((part) => part !== false)
    .join(' AND ');
}
