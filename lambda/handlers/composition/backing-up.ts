import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { backupPair } from '../../adapters/backup/backup-pair.ts';
import { libraryScan } from '../../adapters/backup/library-scan.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { composeKeepingRecords } from './keeping-records.ts';

/** What the daily run works with. */
export function composeBackingUp() {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  return {
    ...composeKeepingRecords(),
    pair: backupPair(
      new S3Client({}),
      requireEnvironment(ENVIRONMENT.originalsBucket),
      // The bucket may be in another region.
      new S3Client({ followRegionRedirects: true }),
      requireEnvironment(ENVIRONMENT.backupBucket),
    ),
    scan: libraryScan(client, requireEnvironment(ENVIRONMENT.libraryTable)),
  };
}
