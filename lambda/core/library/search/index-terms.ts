import { createHash } from 'node:crypto';
import type { MetadataValue } from '../store/metadata-value.ts';
import type { FieldComparison, SearchValue } from './query.ts';
import type { SearchDocument } from './search-document.ts';
import { CUSTOM_METADATA } from './search-fields.ts';
import { searchWords } from './search-words.ts';

/** A place in the index under which files are found: a list, and in it what comes before a file's id. */
export interface IndexTerm {
  readonly list: string;
  /** A word, or nothing where all of the list is meant. */
  readonly word: string;
}

/** What a comparison's files are found by: those under a term, or under all terms whose word begins so. */
export interface TermLookup extends IndexTerm {
  readonly isBeginning: boolean;
}

/** Characters of words by which they are put into lists; a beginning that is shorter leads to no list. */
const LIST_CHARACTERS = 2;

/** Characters of a word that the index keeps: a sort key has at most 1024 bytes, a character at most four. */
const WORD_CHARACTERS = 100;

/** Bytes of a value that stands in a key as it is. */
const VALUE_BYTES = 300;

const KEYWORDS = 'embeddedMetadata.Keywords';

/** Fields whose values are terms, beside those of the account. */
const SERVED = ['tags', 'createdBy', 'checksum', KEYWORDS];

/** Everything under which a file is found. */
export function termsOf({
  name,
  description = '',
  tags = [],
  createdBy,
  checksum,
  keywords = [],
  customMetadata = {},
}: SearchDocument): IndexTerm[] {
  const terms = [
    ...searchWords(name).map((word) => wordTerm('name', word)),
    ...searchWords(description).map((word) => wordTerm('description', word)),
    ...tags.map(tagTerm),
    ...(createdBy === undefined ? [] : [valueTerm('createdBy', createdBy)]),
    ...(checksum === undefined ? [] : [valueTerm('checksum', checksum)]),
    ...keywords.map((keyword) => valueTerm(KEYWORDS, keyword)),
    ...Object.entries(customMetadata).flatMap(([field, value]) => customTerms(field, value)),
  ];
  return [...new Map(terms.map((term) => [`${term.word}#${term.list}`, term])).values()];
}

const customTerms = (field: string, value: MetadataValue): IndexTerm[] =>
  (Array.isArray(value) ? value : [value]).map((one) => valueTerm(`${CUSTOM_METADATA}${field}`, one));

const characters = (text: string, count: number): string => [...text].slice(0, count).join('');

const wordTerm = (field: string, word: string): IndexTerm => ({
  list: `${field}#${characters(word, LIST_CHARACTERS)}`,
  word: characters(word, WORD_CHARACTERS),
});

/** Under which the files with a tag are. */
export const tagTerm = (tag: string): IndexTerm => valueTerm('tags', tag);

/** The type is part of it: 7 and "7" are different values. */
function valueTerm(field: string, value: string | number | boolean): IndexTerm {
  const text = typeof value === 'string' ? `"${value}` : String(value);
  const isLong = Buffer.byteLength(text) > VALUE_BYTES;
  return { list: `${field}#${isLong ? `#${createHash('sha256').update(text).digest('hex')}` : text}`, word: '' };
}

/**
 * What leads to all files that a comparison can hold for: alternatives, each of them a set of lookups whose files together
 * are those. None when the index does not serve the comparison.
 */
export function lookupsOf(comparison: FieldComparison): readonly (readonly TermLookup[])[] {
  const { field, operator, values } = comparison;
  if (field === 'name' || field === 'description') return wordLookups(comparison);
  const isServed = SERVED.includes(field) || field.startsWith(CUSTOM_METADATA);
  if (!isServed || (operator !== '=' && operator !== 'IN')) return [];
  const terms = values.map((value) => plainTerm(field, value));
  return terms.every((term) => term !== undefined) ? [terms.map((term) => ({ ...term, isBeginning: false }))] : [];
}

function plainTerm(field: string, value: SearchValue): IndexTerm | undefined {
  if (value.kind === 'text') return valueTerm(field, value.text);
  if (value.kind === 'number') return valueTerm(field, value.number);
  return value.kind === 'flag' ? valueTerm(field, value.flag) : undefined;
}

/** Of the words that a value must have, each alone leads to all of its files. */
function wordLookups({ field, operator, values }: FieldComparison): (readonly TermLookup[])[] {
  const [value] = values;
  if (values.length !== 1 || value?.kind !== 'text') return [];
  if (operator === '=' || operator === 'IN') return searchWords(value.text).map((word) => [wholeWord(field, word)]);
  if (operator !== 'HAS' && operator !== ':') return [];
  const words = searchWords(operator === ':' ? withoutLastCharacter(value.text) : value.text);
  const isCut = operator === 'HAS' || /[\p{L}\p{N}\p{M}]$/u.test(withoutLastCharacter(value.text));
  const last = isCut ? words.pop() : undefined;
  const whole = words.map((word) => [wholeWord(field, word)]);
  const isLong = last !== undefined && [...last].length >= LIST_CHARACTERS;
  return isLong ? [...whole, [{ ...wordTerm(field, last), isBeginning: true }]] : whole;
}

const wholeWord = (field: string, word: string): TermLookup => ({
  ...wordTerm(field, word),
  // A word that was cut is the beginning of others.
  isBeginning: [...word].length > WORD_CHARACTERS,
});

/** The last letter of a beginning may be another one together with what follows it, such as an accent. */
const withoutLastCharacter = (text: string): string => text.replace(/.\p{M}*$/su, '');
