import type { FieldComparison, SearchQuery } from './query.ts';
import { withSlashes } from './read-value.ts';

/** A comparison of our own making: the field has one of these texts. */
export const isOneOf = (field: string, texts: readonly string[]): FieldComparison => ({
  ...{ kind: 'comparison', field, operator: 'IN' },
  values: texts.map((text) => ({ kind: 'text', text })),
});

/** The query for one folder alone. @param path in canonical form @default the whole library */
export function withinFolder(query: SearchQuery, path: string | undefined): SearchQuery {
  if (path === undefined) return query;
  return { kind: 'and', parts: [isOneOf('path', [withSlashes(path)]), query] };
}
