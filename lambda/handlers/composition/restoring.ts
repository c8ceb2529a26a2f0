import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { auditChains } from '../../adapters/audit-table/audit-chains.ts';
import { commitWithEvent } from '../../adapters/audit-table/commit-with-event.ts';
import { addRecord, beginNewTree } from '../../adapters/backup/add-record.ts';
import { backupFiles } from '../../adapters/backup/backup-files.ts';
import { copyOriginal } from '../../adapters/backup/copy-original.ts';
import { settingsItems } from '../../adapters/backup/settings-items.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { eventMaker } from '../../core/audit/event-maker.ts';
import { sourceOfRun } from '../../core/audit/event-source.ts';
import { hexId } from './hex-id.ts';

/** What a region is restored with. */
export function composeRestoring() {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const accounts = DynamoDBDocumentClient.from(
    new DynamoDBClient({ region: requireEnvironment(ENVIRONMENT.accountsRegion) }),
  );
  const table = requireEnvironment(ENVIRONMENT.libraryTable);
  const backup = requireEnvironment(ENVIRONMENT.backupBucket);
  const auditTable = requireEnvironment(ENVIRONMENT.auditTable);
  const chains = auditChains(client, auditTable, Math.random);
  const pause = async (milliseconds: number) => void (await wait(milliseconds));
  const commit = commitWithEvent({ client, auditTable, chains, clock: Date.now, pause, random: Math.random });
  // The bucket may be in another region.
  const far = new S3Client({ followRegionRedirects: true });
  return {
    files: backupFiles(far, backup),
    copyOriginal: copyOriginal(new S3Client({}), backup, requireEnvironment(ENVIRONMENT.originalsBucket)),
    addRecord: addRecord(client, table),
    beginNewTree: () => beginNewTree(client, table),
    /** Puts into the audit log that the library was restored from the bucket. */
    record: async (requestId: string, after: Readonly<Record<string, unknown>>) => {
      const makeEvent = eventMaker({ clock: Date.now, hexId, requestId, sourceOf: sourceOfRun });
      const caller = { kind: 'system', id: 'restore' } as const;
      await commit([], makeEvent(caller, 'library.restored', { kind: 'library', id: 'library' }, { after }));
    },
    settings: settingsItems(accounts, requireEnvironment(ENVIRONMENT.accountsTable)),
  };
}
