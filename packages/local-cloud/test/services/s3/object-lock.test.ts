import { createHash } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
} from '@aws-sdk/client-s3';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runLifecycle } from '../../../src/services/s3/lifecycle.ts';
import { LOCK_MODES } from '../../../src/services/s3/object-lock.ts';
import { bucketConfiguration } from '../../../src/services/s3/properties.ts';
import { openServices, type S3Services } from '../../../src/services/s3/services.ts';
import { OWNER, REGION, S3Fixture } from './s3-fixture.ts';

const DAY = 86_400_000;

describe.each(LOCK_MODES)('a bucket locked in mode %s', (mode) => {
  const s3 = new S3Fixture(`locked-${mode.toLowerCase()}`, {
    versioned: true,
    retention: { mode, days: 2 },
    noncurrentExpirations: [{ prefix: '', days: 1 }],
  });
  beforeAll(() => s3.start());
  afterAll(() => s3.remove());

  /** Does something as the server would do it days later; a request of then would have a signature of then. */
  async function daysLater<T>(days: number, work: (services: S3Services) => T): Promise<T> {
    await s3.stop();
    const now = () => new Date(Date.now() + days * DAY);
    const services = openServices({ folder: s3.folder, region: REGION, withEvents: false, now });
    try {
      return work(services);
    } finally {
      services.database.close();
      await s3.start();
    }
  }

  const removeVersion = (Key: string, VersionId: string | undefined, BypassGovernanceRetention = false) =>
    s3.client.send(new DeleteObjectCommand({ Bucket: s3.Bucket, Key, VersionId, BypassGovernanceRetention }));

  test('says of each version until when it stays', async () => {
    const before = Date.now();
    await s3.put('a', 'bytes');
    const { ObjectLockMode, ObjectLockRetainUntilDate: until = new Date(0) } = await s3.head('a');

    expect(ObjectLockMode).toBe(mode);
    expect(until.getTime()).toBeGreaterThanOrEqual(before + 2 * DAY);
    expect(until.getTime()).toBeLessThanOrEqual(Date.now() + 2 * DAY);
  });

  test('removes no version before its time, by itself or among others, and every version after', async () => {
    const { VersionId } = await s3.put('b', 'bytes');
    await expect(removeVersion('b', VersionId)).rejects.toMatchObject({ name: 'AccessDenied' });
    const { Errors } = await s3.client.send(
      new DeleteObjectsCommand({ Bucket: s3.Bucket, Delete: { Objects: [{ Key: 'b', VersionId }] } }),
    );
    expect(Errors).toMatchObject([{ Key: 'b', Code: 'AccessDenied' }]);
    expect(await s3.text('b')).toBe('bytes');

    const reason = 'DeleteObject' as const;
    const actor = { requestId: 'r', requester: 'somebody' };
    await daysLater(2, ({ store }) =>
      store.remove({ bucket: s3.Bucket, key: 'b', versionId: VersionId, reason, actor }),
    );
    await expect(s3.get('b')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('keeps what a deletion without a version hides, and what is written over', async () => {
    await s3.put('c', 'first');
    await s3.put('c', 'second');
    await s3.client.send(new DeleteObjectCommand({ Bucket: s3.Bucket, Key: 'c' }));
    const { Versions = [] } = await s3.client.send(new ListObjectVersionsCommand({ Bucket: s3.Bucket, Prefix: 'c' }));

    const texts = await Promise.all(Versions.map(({ VersionId }) => s3.text('c', { VersionId: VersionId ?? '' })));
    expect(texts).toEqual(['second', 'first']);
  });

  test(`${mode === 'GOVERNANCE' ? 'yields' : 'does not yield'} to whoever asks to bypass it`, async () => {
    const { VersionId } = await s3.put('d', 'bytes');
    const removed = await removeVersion('d', VersionId, true).then(
      () => true,
      () => false,
    );

    expect(removed).toBe(mode === 'GOVERNANCE');
  });

  test('is not emptied by its lifecycle', async () => {
    await s3.put('e', 'first');
    await s3.put('e', 'second');
    await daysLater(1.5, runLifecycle);
    expect(s3.versions('e')).toHaveLength(2);

    await daysLater(2.5, runLifecycle);
    expect(s3.versions('e')).toHaveLength(1);
  });

  test('takes a version only with a checksum', async () => {
    const signed = new AwsClient({ ...OWNER, region: REGION, service: 's3' });
    const put = (headers: Record<string, string>) =>
      signed.fetch(`${s3.endpoint}/${s3.Bucket}/f`, { method: 'PUT', body: 'bytes', headers });

    const refused = await put({});
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('Content-MD5 OR')]);
    expect((await put({ 'content-md5': createHash('md5').update('bytes').digest('base64') })).status).toBe(200);
  });

  test('locks a copy from when it was made', async () => {
    await s3.put('g', 'bytes');
    const copied = Date.now();
    await s3.client.send(new CopyObjectCommand({ Bucket: s3.Bucket, Key: 'h', CopySource: `${s3.Bucket}/g` }));

    expect((await s3.head('h')).ObjectLockRetainUntilDate?.getTime()).toBeGreaterThanOrEqual(copied + 2 * DAY);
  });
});

test('a lock is read from the template, with versioning that comes with it', () => {
  const DefaultRetention = { Mode: 'COMPLIANCE', Days: 400 };
  const locked = { ObjectLockEnabled: true, ObjectLockConfiguration: { Rule: { DefaultRetention } } };

  expect(bucketConfiguration('seals', locked)).toMatchObject({
    versioned: true,
    retention: { mode: 'COMPLIANCE', days: 400 },
  });
  expect(bucketConfiguration('plain', {})).not.toHaveProperty('retention');
});
