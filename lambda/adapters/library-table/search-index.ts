import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SearchIndex } from '../../core/library/search/search-index.ts';
import { documentPages } from './document-index.ts';

/** What searches read, in the library table. */
export function searchIndex(client: DynamoDBDocumentClient, table: string): SearchIndex {
  return {
    documents: () => documentPages(client, table),
  };
}
