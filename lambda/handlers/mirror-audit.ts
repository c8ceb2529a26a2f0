import { S3Client } from '@aws-sdk/client-s3';
import middy from '@middy/core';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { logMirror } from '../adapters/audit-bucket/log-mirror.ts';
import { toldChanges } from '../adapters/audit-table/log-changes.ts';
import { ENVIRONMENT, requireEnvironment } from '../contract/environment.ts';
import { mirrorLog } from '../core/audit/mirror-log.ts';
import { reporter } from './reporter.ts';

const mirror = logMirror(new S3Client({}), requireEnvironment(ENVIRONMENT.auditBucket));

/** Copies the audit table's stream into the locked bucket. A batch that fails comes again as a whole, for as long as the stream has it. */
export const handler = middy<DynamoDBStreamEvent, void>().handler(({ Records }) =>
  mirrorLog({ mirror, report: reporter() }, toldChanges(Records)),
);
