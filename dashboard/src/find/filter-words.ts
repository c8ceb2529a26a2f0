import type { Catalogue } from '../i18n/en.ts';
import { type FilterName, type Filters, splitField } from './filters.ts';

/** What a filter that is set says. */
export function filterWords(name: FilterName, filters: Filters, { find, kinds }: Catalogue): string {
  const { kind, tag, format, within, size, since, state, field, query } = filters;
  const words: Readonly<Record<FilterName, string | undefined>> = {
    kind: kind && kinds[kind],
    format: format && `${find.format}: ${format}`,
    tag: tag && `${find.tag}: ${tag}`,
    within: within && `${find.within}: ${within}`,
    size: size && find.sizes[size],
    since: since && find.ages[since],
    state: state && find.states[state],
    field: field && splitField(field).join(': '),
    query,
  };
  return words[name] ?? '';
}
