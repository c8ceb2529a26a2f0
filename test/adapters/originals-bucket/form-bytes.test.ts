import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { originalParts } from '../../../lambda/adapters/originals-bucket/original-parts.ts';
import type { BucketFixture } from '../bucket-fixture.ts';
import { startBucketFixture } from '../bucket-fixture.ts';

let buckets: BucketFixture;

beforeAll(async () => {
  buckets = await startBucketFixture({ versioned: true }, 'originals');
});
afterAll(() => buckets?.close());

const parts = () => originalParts(buckets.client, 'originals');

const uploadNamed = (versionId: string) => ({ versionId, objectKey: `media/a/${versionId}.txt`, size: 100 });

/** Sends the bytes of an upload as its form would. */
async function send(versionId: string, text: string): Promise<void> {
  const { url, fields } = await parts().signForm(versionId, 100, 60);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([text]));
  expect((await fetch(url, { method: 'POST', body: form })).status).toBe(204);
}

async function textAt(Key: string): Promise<string | undefined> {
  return (await buckets.client.send(new GetObjectCommand({ Bucket: 'originals', Key }))).Body?.transformToString();
}

describe('what a form brought', () => {
  it('has the key of the original from then on, and none of its own', async () => {
    const upload = uploadNamed('a'.repeat(24));
    await send(upload.versionId, 'first');
    await parts().keepForm(upload);

    expect(await textAt(upload.objectKey)).toBe('first');
    expect(await buckets.keys('originals')).toEqual([upload.objectKey]);
  });

  it('is not what comes later by the same form, whoever completes the upload', async () => {
    const upload = uploadNamed('b'.repeat(24));
    await send(upload.versionId, 'first');
    await parts().keepForm(upload);
    await send(upload.versionId, 'second');
    await Promise.all([parts().keepForm(upload), parts().keepForm(upload)]);

    expect(await textAt(upload.objectKey)).toBe('first');
  });

  it('may not be there', async () => {
    const upload = uploadNamed('c'.repeat(24));
    await parts().keepForm(upload);

    expect(await parts().readBeginning(upload.objectKey, 10)).toBeUndefined();
  });
});
