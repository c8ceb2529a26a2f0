import type { TermLookup } from './index-terms.ts';
import type { SearchDocument } from './search-document.ts';

/** A folder by its name. */
export interface FolderName {
  readonly name: string;
  readonly folderId: string;
}

export interface FolderNamesRequest {
  /** What comes after it in the order. @default from the beginning */
  readonly after?: FolderName | undefined;
  readonly descending: boolean;
}

/** What a search reads beside the library's records. It may be behind them by a moment. */
export interface SearchIndex {
  /** The documents of all files that are not in the trash themselves, in parts and in no order. */
  documents(): AsyncIterable<readonly SearchDocument[]>;
  /** All folders that are not in the trash themselves, by name, in the order of its bytes in UTF-8; equal names by id. */
  folderNames(request: FolderNamesRequest): AsyncIterable<FolderName>;
  /** Ids of the files under a term. @returns undefined when there are more than the limit */
  idsUnder(lookup: TermLookup, limit: number): Promise<readonly string[] | undefined>;
}
