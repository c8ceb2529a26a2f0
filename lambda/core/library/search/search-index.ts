import type { TermLookup } from './index-terms.ts';
import type { SearchDocument } from './search-document.ts';

/** What a search reads beside the library's records. It may be behind them by a moment. */
export interface SearchIndex {
  /** The documents of all files that are not in the trash themselves, in parts and in no order. */
  documents(): AsyncIterable<readonly SearchDocument[]>;
  /** Ids of the files under a term. @returns undefined when there are more than the limit */
  idsUnder(lookup: TermLookup, limit: number): Promise<readonly string[] | undefined>;
}
