import type { FieldsOf } from '../core/library/custom-fields/known-fields.ts';
import { isOneOf } from '../core/library/search/is-one-of.ts';
import { parseQuery } from '../core/library/search/parse-query.ts';
import type { SearchQuery } from '../core/library/search/query.ts';
import { CUSTOM_METADATA, searchFields } from '../core/library/search/search-fields.ts';

/** What a list asks for beyond a folder and an order. */
export interface AskedSearch {
  readonly searchQuery?: string | undefined;
  readonly type?: string | undefined;
  readonly name?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/**
 * The query of a list. Beside `searchQuery`, type, tags and name are not looked at (ImageKit, "List and search assets").
 * @returns undefined for a list that a folder or the whole library answers
 * @throws Problem search.invalid or search.limit
 */
export async function readSearch(
  { fieldsOf }: { readonly fieldsOf: FieldsOf },
  asked: AskedSearch,
): Promise<SearchQuery | undefined> {
  const { searchQuery, type, name, tags } = asked;
  if (searchQuery !== undefined) return readSearchQuery({ fieldsOf }, searchQuery);
  if (tags === undefined && type !== 'file-version') return undefined;
  const parts = [
    isOneOf('type', [type === 'all' || type === undefined ? 'file' : type]),
    ...(tags === undefined ? [] : [isOneOf('tags', tags)]),
    ...(name === undefined ? [] : [isOneOf('name', [name.normalize('NFC')])]),
  ];
  const [first, ...others] = parts;
  return first && others.length === 0 ? first : { kind: 'and', parts };
}

/** @throws Problem search.invalid or search.limit */
export async function readSearchQuery(
  { fieldsOf }: { readonly fieldsOf: FieldsOf },
  text: string,
): Promise<SearchQuery> {
  const names = [...text.matchAll(/customMetadata\.([^\s"'()[\],=:<>]+)/g)].map(([, name = '']) => name);
  const isCustom = text.includes(CUSTOM_METADATA);
  return parseQuery(text, searchFields(isCustom ? await fieldsOf(names) : []));
}
