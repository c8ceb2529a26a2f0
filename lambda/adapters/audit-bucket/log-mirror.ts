import type { S3Client } from '@aws-sdk/client-s3';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { AUDIT_PREFIXES } from '../../contract/audit-bucket.ts';
import type { LogMirror } from '../../core/audit/mirror-log.ts';
import { jsonLine, toldEvent } from '../../core/audit/told-event.ts';

/** The mirror in the locked bucket, a file of JSON Lines for each batch. Put again, it is another version of the same. */
export function logMirror(client: S3Client, Bucket: string): LogMirror {
  const put = async (prefix: string, id: string, at: number, Body: string): Promise<void> => {
    const Key = `${prefix}${new Date(at).toISOString().slice(0, 10)}/${id}.jsonl`;
    await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'application/jsonl' }));
  };
  return {
    addEvents: (id, at, events) => put(AUDIT_PREFIXES.events, id, at, events.map(jsonLine).join('')),
    addAlterations: (id, at, alterations) => {
      const lines = alterations.map(({ before, after }) =>
        JSON.stringify({ before: toldEvent(before), ...(after && { after: toldEvent(after) }) }),
      );
      return put(AUDIT_PREFIXES.altered, id, at, lines.map((line) => `${line}\n`).join(''));
    },
  };
}
