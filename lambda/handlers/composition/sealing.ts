import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { sealKey } from '../../adapters/audit-bucket/seal-key.ts';
import { sealStore } from '../../adapters/audit-bucket/seal-store.ts';
import { eventStore } from '../../adapters/audit-table/event-store.ts';
import { kmsCaller } from '../../adapters/signed-http/kms-call.lean.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import type { SealDeps } from '../../core/audit/seal-chains.ts';

/** What seals work with. The key is in the home region, table and bucket are in this one. */
export function composeSealing(): SealDeps {
  const keyArn = requireEnvironment(ENVIRONMENT.sealKey);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  return {
    events: eventStore(client, requireEnvironment(ENVIRONMENT.auditTable)),
    seals: sealStore(new S3Client({}), requireEnvironment(ENVIRONMENT.auditBucket)),
    key: sealKey(kmsCaller({ ...process.env, AWS_REGION: keyArn.split(':')[3] }), keyArn),
    clock: Date.now,
  };
}
