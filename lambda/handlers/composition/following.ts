import { outbox } from '../../adapters/library-table/outbox.ts';
import { searchIndex } from '../../adapters/library-table/search-index.ts';
import { tableRequests } from '../../adapters/library-table/table-requests.ts';
import { dynamoDocuments } from '../../adapters/signed-http/dynamo-documents.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import type { FollowDeps } from '../../core/library/follow-changes.ts';
import { updateIndex } from '../../core/library/search/update-index.ts';
import { hexId } from './hex-id.ts';

/** What follows the library's changes works with. It needs the table, and nothing else. */
export function composeFollowing(): Omit<FollowDeps, 'report'> {
  const client = dynamoDocuments(process.env);
  const table = requireEnvironment(ENVIRONMENT.libraryTable);
  const requests = tableRequests(client, table);
  const { leaveEffects, settleAll } = outbox(requests);
  const deps = {
    store: { head: (assetId: string) => requests.record('head', { assetId }) },
    terms: searchIndex(client, table),
  };
  return { indexFile: (assetId) => updateIndex(deps, assetId), leaveEffects, settleAll, clock: Date.now, hexId };
}
