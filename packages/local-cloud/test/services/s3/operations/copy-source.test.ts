import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { noChecks } from '../../../../src/services/s3/body/body-checks.ts';
import { withCopySource } from '../../../../src/services/s3/operations/copy-object.ts';
import { receiveBlob } from '../../../../src/services/s3/receive.ts';
import type { S3Request } from '../../../../src/services/s3/request.ts';
import { openServices } from '../../../../src/services/s3/services.ts';

const ACTOR = { requestId: '1', requester: 'owner', sourceIp: '127.0.0.1' };

it('a source that is replaced before its bytes are opened is looked for again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-cloud-copy-source-'));
  const services = openServices({ folder, region: 'eu-west-1', now: () => new Date(), withEvents: false });
  services.buckets.create('bucket', new Date());
  const put = async (text: string) => {
    const pieces = (async function* () {
      yield Buffer.from(text);
    })();
    const received = await receiveBlob(services.blobs, pieces, noChecks('CRC32'));
    const content = { ...received, headers: {}, tags: [] };
    services.store.put({ bucket: 'bucket', key: 'a', content, reason: 'PutObject', actor: ACTOR });
  };
  await put('old');
  const request = { headers: { 'x-amz-copy-source': '/bucket/a' } } as unknown as S3Request;
  let tries = 0;

  const size = await withCopySource(services, request, async (source) => {
    if (tries++ === 0) {
      await put('newer');
      await expect.poll(() => existsSync(join(services.blobs.path, source.blob))).toBe(false);
    }
    await services.blobs.duplicate(source.blob);
    return source.size;
  });

  expect([size, tries]).toEqual([5, 2]);
  services.database.close();
  rmSync(folder, { recursive: true });
});
