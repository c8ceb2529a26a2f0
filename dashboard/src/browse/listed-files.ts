import { searchQuery } from '../find/search-query.ts';
import { isSearch, type View } from './view.ts';

/** Files of the first part of a list: what a large screen shows at once, so that nobody waits for more. */
const FIRST_PART = '60';

/** Files of each further part. */
const PART = '200';

/** What a view asks the API's list for. */
export function listedFiles(view: View) {
  const { path, sort, kind } = view;
  const asked = isSearch(view) ? { searchQuery: searchQuery(view) } : { path };
  return { ...asked, type: 'file', sort, ...(kind && { fileType: kind }) } as const;
}

export type ListedFiles = ReturnType<typeof listedFiles>;

/** The call for one part of a list. @param from cursor of its beginning; undefined for the first */
export const partOf = (listed: ListedFiles, from: string | undefined) =>
  from === undefined ? { ...listed, limit: FIRST_PART } : { ...listed, limit: PART, cursor: from };
