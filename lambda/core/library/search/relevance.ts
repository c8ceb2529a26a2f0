import { valuesOf } from './matches-query.ts';
import type { FieldComparison, SearchQuery } from './query.ts';
import { isGroup } from './query.ts';
import type { LocatedDocument } from './search-document.ts';
import { searchWords } from './search-words.ts';

/** Characters of a value that its length is told by; longer ones are equal. */
const LONGEST = 99_999;

/**
 * How well an asset fits a query's words, as text that sorts: by whole words found, then by the shorter value, then by the
 * newer asset.
 */
export function relevanceOf(query: SearchQuery, document: LocatedDocument): string {
  let hits = 0;
  let length = document.name.length;
  for (const { field, values } of wordComparisons(query)) {
    const texts = valuesOf(field, document).map(String);
    const present = new Set(texts.flatMap(searchWords));
    const [value] = values;
    hits += value?.kind === 'text' ? searchWords(value.text).filter((word) => present.has(word)).length : 0;
    length = Math.min(LONGEST, texts.join(' ').length);
  }
  return `${digits(hits)} ${digits(LONGEST - length)} ${document.createdAt}`;
}

const digits = (count: number): string => String(count).padStart(5, '0');

function wordComparisons(query: SearchQuery): FieldComparison[] {
  if (isGroup(query)) return query.parts.flatMap(wordComparisons);
  return query.operator === 'HAS' ? [query] : [];
}
