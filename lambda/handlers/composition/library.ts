import { setTimeout as wait } from 'node:timers/promises';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { accountPurges } from '../../adapters/accounts-table/account-purges.ts';
import { staleFolderStore } from '../../adapters/accounts-table/stale-folders.ts';
import { eventStore } from '../../adapters/audit-table/event-store.ts';
import { edgeParameter } from '../../adapters/edge/edge-parameter.ts';
import { cloudFrontInvalidations } from '../../adapters/edge/invalidations.ts';
import { dependentVariants } from '../../adapters/library-table/dependent-variants.ts';
import { invalidationQueue } from '../../adapters/library-table/invalidation-queue.ts';
import { libraryStore } from '../../adapters/library-table/library-store.ts';
import { purgeJobs } from '../../adapters/library-table/purge-jobs.ts';
import { searchIndex } from '../../adapters/library-table/search-index.ts';
import { taggedFiles } from '../../adapters/library-table/tagged-files.ts';
import { usedTags } from '../../adapters/library-table/used-tags.ts';
import { originCacheRemoval } from '../../adapters/originals-bucket/origin-cache-removal.ts';
import { originalParts } from '../../adapters/originals-bucket/original-parts.ts';
import { originalWriter } from '../../adapters/originals-bucket/original-writer.lean.ts';
import { originalsBucket } from '../../adapters/originals-bucket/originals-bucket.ts';
import { dynamoDocuments } from '../../adapters/signed-http/dynamo-documents.ts';
import { storedVariants } from '../../adapters/variants-bucket/stored-variants.ts';
import { EDGE_REGION } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { folderContent } from '../../core/library/files/folder-content.ts';
import { findFile } from '../../core/library/files/library-file.ts';
import { mergeFolder } from '../../core/library/folders/merge-folder.ts';
import { updateIndex } from '../../core/library/search/update-index.ts';
import { endItems } from '../../core/library/trash/end-items.ts';
import { variantRemoval } from '../../core/purge/remove-variants.ts';
import { carryOutEffects } from './carry-out.ts';
import { composeCommit } from './commit.ts';
import { hexId } from './hex-id.ts';
import { homeClient } from './home-client.ts';
import { composeMediaPlace } from './media-place.ts';

/** What functions that change the library work with, feature by feature. */
export function composeLibrary() {
  const s3 = new S3Client({});
  const dynamo = new DynamoDBClient({});
  const table = requireEnvironment(ENVIRONMENT.libraryTable);
  const originals = requireEnvironment(ENVIRONMENT.originalsBucket);
  const edge = edgeParameter(new SSMClient({ region: EDGE_REGION }), requireEnvironment(ENVIRONMENT.edgeParameter));
  const accounts = homeClient();
  const accountsTable = requireEnvironment(ENVIRONMENT.accountsTable);
  const invalidating = {
    invalidations: cloudFrontInvalidations(new CloudFrontClient({}), async () => (await edge()).distributionId),
    queue: invalidationQueue(dynamo, table, Date.now),
    clock: Date.now,
    hexId,
    pause,
  };
  const removal = variantRemoval({
    ...invalidating,
    stored: storedVariants(s3, requireEnvironment(ENVIRONMENT.variantsBucket)),
    dependents: dependentVariants(dynamo, table),
    usedTags: usedTags(dynamo, table),
  });
  const bytes = { ...originalsBucket(s3, originals), write: originalWriter(process.env, originals) };
  const client = dynamoDocuments(process.env);
  const commit = composeCommit(client, requireEnvironment(ENVIRONMENT.auditTable));
  const store = libraryStore({ client, table, commit });
  const index = searchIndex(client, table);
  return {
    /** What changes the library, but for what belongs to one call. */
    changes: {
      store,
      originals: bytes,
      objects: bytes,
      carryOut: carryOutEffects(removal, bytes, composeMediaPlace(edge), (assetId) =>
        updateIndex({ store, terms: index }, assetId),
      ),
      cleaning: removal,
      endItems,
      mergeFolder,
      tagged: taggedFiles(client, table),
      staleFolders: staleFolderStore(accounts, accountsTable),
      clock: Date.now,
      random: Math.random,
      pause,
      hexId,
    },
    /** Originals that come in parts. */
    parts: originalParts(s3, originals),
    /** What searches. */
    search: { store, index, clock: Date.now },
    /** What carries out purges. */
    purges: {
      jobs: purgeJobs(dynamo, table, commit),
      accountPurges: accountPurges(accounts, accountsTable),
      folders: {
        list: (path: string) => folderContent(store, path),
        pathOf: async (fileId: string) => (await findFile(store, fileId))?.path,
      },
      originCache: originCacheRemoval(s3, originals),
      removal,
      clock: Date.now,
      hexId,
    },
    /** How every change is written together with its event. */
    commit,
    events: eventStore(client, requireEnvironment(ENVIRONMENT.auditTable)),
    /** What tells the CDN. */
    invalidating,
    edge,
  };
}

const pause = async (milliseconds: number): Promise<void> => void (await wait(milliseconds));
