import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { describe, expect, it } from 'vitest';
import { clientOf, expectFailure, READER, useS3 } from '../s3-fixture.ts';

const s3 = useS3('forms', { readers: [READER.accessKeyId] });
const Bucket = s3.Bucket;

// biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder of S3 for the name of the file
const FILE_NAME_KEY = 'up/${filename}';

interface Form {
  readonly key: string;
  readonly conditions?: PresignedPostOptions['Conditions'];
  /** Signed fields. */
  readonly fields?: Record<string, string>;
  /** Fields that the sender adds. */
  readonly added?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly fileName?: string;
  readonly type?: string;
  readonly client?: S3Client;
  readonly expires?: number;
}

async function post({ client = s3.client, ...form }: Form): Promise<Response> {
  const { url, fields } = await createPresignedPost(client, {
    Bucket,
    Key: form.key,
    Conditions: form.conditions ?? [],
    Fields: form.fields ?? {},
    Expires: form.expires ?? 60,
  });
  const data = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...form.added })) data.append(name, value);
  data.append('file', new Blob([form.body ?? 'abc'], { type: form.type ?? 'image/png' }), form.fileName ?? 'pic.png');
  return fetch(url, { method: 'POST', body: data, redirect: 'manual' });
}

const codeOf = async (response: Response) => /<Code>(.*)<\/Code>/.exec(await response.text())?.[1];

describe('a presigned form', () => {
  it('stores the file under the key with its name, and the fields as metadata', async () => {
    const response = await post({
      key: FILE_NAME_KEY,
      conditions: [
        ['content-length-range', 1, 1000],
        ['starts-with', '$Content-Type', 'image/'],
        ['starts-with', '$key', 'up/'],
      ],
      fields: { 'x-amz-meta-who': 'me' },
      added: { 'Content-Type': 'image/png' },
      fileName: 'żółć.png',
    });

    expect(response.status).toBe(204);
    expect(response.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
    expect(await s3.head('up/żółć.png')).toMatchObject({
      ContentLength: 3,
      ContentType: 'image/png',
      Metadata: { who: 'me' },
    });
  });

  it('streams a large file', async () => {
    const body = new Uint8Array(20 * 2 ** 20).fill(7);

    expect((await post({ key: 'large', body })).status).toBe(204);
    expect(Buffer.compare(await s3.bytes('large'), body)).toBe(0);
  });

  it('answers as its fields ask', async () => {
    const created = await post({ key: 'created', fields: { success_action_status: '201' } });
    const target = 'https://app.example/done?x=1';
    const redirected = await post({ key: 'redirected', fields: { success_action_redirect: target } });

    expect(created.status).toBe(201);
    expect(await created.text()).toContain('<Key>created</Key>');
    expect(redirected.status).toBe(303);
    expect(redirected.headers.get('location')).toMatch(
      /^https:\/\/app\.example\/done\?x=1&bucket=forms&key=redirected&etag=/,
    );
  });
});

describe('a form is refused, and nothing is stored,', () => {
  it.each<[string, number, string, Partial<Form>]>([
    ['for a file that is too large', 400, 'EntityTooLarge', { conditions: [['content-length-range', 1, 2]] }],
    ['for a file that is too small', 400, 'EntityTooSmall', { conditions: [['content-length-range', 4, 9]] }],
    [
      'for another type',
      403,
      'AccessDenied',
      { conditions: [['starts-with', '$Content-Type', 'image/']], added: { 'Content-Type': 'text/html' } },
    ],
    ['for a field that no condition allows', 403, 'AccessDenied', { added: { 'x-amz-meta-extra': '1' } }],
    ['for another key', 403, 'AccessDenied', { added: { key: 'elsewhere' } }],
    ['for a changed policy', 403, 'SignatureDoesNotMatch', { added: { policy: btoa('{"conditions":[]}') } }],
    ['after it expired', 403, 'AccessDenied', { expires: -1 }],
  ])('%s', async (_, status, code, form) => {
    const response = await post({ key: 'refused', ...form });

    expect([response.status, await codeOf(response)]).toEqual([status, code]);
    await expectFailure(s3.head('refused'), 404);
    expect(await readdir(join(s3.folder, 'tmp'))).toEqual([]);
  });

  it('from a signer who may only read', async () => {
    const client = clientOf(s3.endpoint, READER);

    expect((await post({ key: 'refused', client })).status).toBe(403);
  });

  it('without a signature, a file or a boundary', async () => {
    const url = `${s3.endpoint}/${Bucket}`;
    const unsigned = new FormData();
    unsigned.append('key', 'refused');
    const withoutFile = await fetch(url, { method: 'POST', body: unsigned });
    unsigned.append('file', new Blob(['x']));
    const withFile = await fetch(url, { method: 'POST', body: unsigned });
    const headers = { 'content-type': 'multipart/form-data' };
    const withoutBoundary = await fetch(url, { method: 'POST', body: 'x', headers });

    expect([withoutFile.status, await codeOf(withoutFile)]).toEqual([400, 'InvalidArgument']);
    expect([withFile.status, await codeOf(withFile)]).toEqual([403, 'AccessDenied']);
    expect([withoutBoundary.status, await codeOf(withoutBoundary)]).toEqual([400, 'MalformedPOSTRequest']);
    await expectFailure(s3.head('refused'), 404);
  });

  it('when its body ends too early', async () => {
    const { url, fields } = await createPresignedPost(s3.client, { Bucket, Key: 'refused' });
    const parts = Object.entries({ ...fields, file: 'abc' }).map(([name, value]) => {
      const fileName = name === 'file' ? '; filename="x"' : '';
      return `--b\r\nContent-Disposition: form-data; name="${name}"${fileName}\r\n\r\n${value}\r\n`;
    });
    const send = (body: string) =>
      fetch(url, { method: 'POST', body, headers: { 'content-type': 'multipart/form-data; boundary=b' } });

    const early = await send(parts.join(''));

    expect([early.status, await codeOf(early)]).toEqual([400, 'MalformedPOSTRequest']);
    await expectFailure(s3.head('refused'), 404);
    expect(await readdir(join(s3.folder, 'tmp'))).toEqual([]);
    expect((await send(`${parts.join('')}--b--\r\n`)).status).toBe(204);
  });

  it('when its sender goes away in the middle of the file', async () => {
    const { url, fields } = await createPresignedPost(s3.client, { Bucket, Key: 'interrupted' });
    const parts = Object.entries({ ...fields, file: 'x'.repeat(100_000) }).map(([name, value]) => {
      const fileName = name === 'file' ? '; filename="x"' : '';
      return `--b\r\nContent-Disposition: form-data; name="${name}"${fileName}\r\n\r\n${value}\r\n`;
    });
    const headers = { 'content-type': 'multipart/form-data; boundary=b', 'content-length': 1_000_000 };
    const upload = request(url, { method: 'POST', headers }).on('error', () => {});
    upload.write(parts.join(''));
    await expect.poll(() => readdir(join(s3.folder, 'tmp'))).toHaveLength(1);

    upload.destroy();

    await expect.poll(() => readdir(join(s3.folder, 'tmp'))).toEqual([]);
    await expectFailure(s3.head('interrupted'), 404);
  });
});

describe('fields of a form', () => {
  it('that no HTTP header can carry are encoded or refused', async () => {
    const metadata = await post({ key: 'words', fields: { 'x-amz-meta-who': 'żółć' } });
    const type = await post({ key: 'type', fields: { 'Content-Type': 'żółć' } });

    expect(metadata.status).toBe(204);
    expect((await s3.head('words')).Metadata?.who).toBe(`=?UTF-8?B?${Buffer.from('żółć').toString('base64')}?=`);
    expect([type.status, await codeOf(type)]).toEqual([400, 'InvalidArgument']);
  });
});
