import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { backupFiles } from '../../adapters/backup/backup-files.ts';
import { settingsItems } from '../../adapters/backup/settings-items.ts';
import { tableRequests } from '../../adapters/library-table/table-requests.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { hexId } from './hex-id.ts';

/** What records of the library are kept with, beside its originals. */
export function composeKeepingRecords() {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const accounts = DynamoDBDocumentClient.from(
    new DynamoDBClient({ region: requireEnvironment(ENVIRONMENT.accountsRegion) }),
  );
  const requests = tableRequests(client, requireEnvironment(ENVIRONMENT.libraryTable));
  return {
    files: backupFiles(new S3Client({}), requireEnvironment(ENVIRONMENT.originalsBucket)),
    library: {
      head: (assetId: string) => requests.record('head', { assetId }),
      versions: (historyId: string) => requests.partition('version', `h#${historyId}`),
    },
    names: {
      file: (folderId: string, name: string) => requests.record('fileEntry', { folderId, name }),
      folder: (parentId: string, name: string) => requests.record('folderEntry', { parentId, name }),
    },
    settings: settingsItems(accounts, requireEnvironment(ENVIRONMENT.accountsTable)),
    clock: () => Date.now(),
    hexId,
  };
}
