import { FILTERS, type Filters, readFilters } from '../find/filters.ts';

/** What files can be sorted by, in the API's words. */
export const SORTS = [
  'ASC_NAME',
  'DESC_NAME',
  'DESC_CREATED',
  'ASC_CREATED',
  'DESC_UPDATED',
  'DESC_SIZE',
  'ASC_SIZE',
] as const;

export type Sort = (typeof SORTS)[number];

/** Everything that decides what the library page shows. The URL holds it, so a link or the way back shows the same. */
export interface View extends Filters {
  /** Of the folder, `/` for the whole library's. */
  readonly path: string;
  readonly sort: Sort;
  readonly layout: 'grid' | 'list';
  /** What is searched for in the whole library; empty: the folder is shown. */
  readonly words: string;
}

const START: View = { path: '/', sort: 'ASC_NAME', layout: 'grid', words: '' };

/** @param search the URL's query; what it says wrongly is as if it were not there */
export function readView(search: string): View {
  const given = new URLSearchParams(search);
  return {
    path: `/${(given.get('path') ?? '').split('/').filter(Boolean).join('/')}`,
    sort: SORTS.find((sort) => sort === given.get('sort')) ?? START.sort,
    layout: given.get('layout') === 'list' ? 'list' : 'grid',
    words: given.get('words')?.trim() ?? '',
    ...readFilters(given),
  };
}

/** The library page's address with a view, relative to the dashboard; what is as usual is left out. */
export function viewAddress(view: Partial<View>): string {
  const changed = Object.entries(view).filter(
    ([name, value]) => value !== undefined && value !== '' && value !== START[name as keyof View],
  );
  const query = new URLSearchParams(changed as [string, string][]).toString();
  return query === '' ? '/' : `/?${query}`;
}

/** Which files a view shows and in which order, whatever they look like. */
export const listOf = (view: View): string => viewAddress({ ...view, layout: START.layout });

/** Whether files are searched for, rather than those of a folder shown. */
export const isSearch = (view: View): boolean => view.words !== '' || FILTERS.some((name) => view[name] !== undefined);
