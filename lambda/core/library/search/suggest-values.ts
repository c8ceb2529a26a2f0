import type { Caller } from '../../kernel/caller.ts';
import type { CountedValue } from './count-facets.ts';
import { countValues } from './count-facets.ts';
import type { FindDocumentsDeps } from './find-documents.ts';
import { findDocuments } from './find-documents.ts';
import type { SearchQuery } from './query.ts';
import type { LocatedDocument } from './search-document.ts';
import { searchWords } from './search-words.ts';

/** What is suggested: tags, or words of names. */
export const SUGGESTED_FIELDS = ['tags', 'name'] as const;

export interface SuggestValuesInput {
  readonly field: (typeof SUGGESTED_FIELDS)[number];
  /** How a value begins, in any case. */
  readonly prefix: string;
  readonly limit: number;
}

/**
 * Values that begin so, of files that the caller may see, from the most frequent.
 * @throws Problem search.limit
 */
export async function suggestValues(
  deps: FindDocumentsDeps,
  caller: Caller,
  { field, prefix, limit }: SuggestValuesInput,
): Promise<readonly CountedValue[]> {
  const found = await findDocuments(deps, caller, havingSome(field, prefix));
  const folded = prefix.normalize('NFC').toLowerCase();
  const values = found.map(({ document }) =>
    valuesIn(field, document).filter((value) => value.toLowerCase().startsWith(folded)),
  );
  return countValues(values, limit);
}

const valuesIn = (field: SuggestValuesInput['field'], { tags = [], name }: LocatedDocument): readonly string[] =>
  field === 'tags' ? tags : searchWords(name);

/** Words are looked up by how they begin; tags have no such list. */
function havingSome(field: SuggestValuesInput['field'], prefix: string): SearchQuery {
  if (field === 'tags') return { kind: 'comparison', field, operator: 'EXISTS', values: [] };
  const hasWords = searchWords(prefix).length > 0;
  const values = hasWords ? ([{ kind: 'text', text: prefix }] as const) : ([{ kind: 'text', text: '' }] as const);
  return { kind: 'comparison', field, operator: hasWords ? 'HAS' : ':', values };
}
