import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SearchIndex } from '../../core/library/search/search-index.ts';
import type { TermStore } from '../../core/library/search/update-index.ts';
import { documentPages } from './document-index.ts';
import { folderNames } from './folder-name-index.ts';
import { tableRequests } from './table-requests.ts';
import { idsUnder, termStore } from './term-store.ts';

/** What searches read, and what keeps it, in the library table. */
export function searchIndex(client: DynamoDBDocumentClient, table: string): SearchIndex & TermStore {
  return {
    ...termStore(client, table, tableRequests(client, table)),
    folderNames: (request) => folderNames(client, table, request),
    documents: () => documentPages(client, table),
    idsUnder: (lookup, limit) => idsUnder(client, table, lookup, limit),
  };
}
