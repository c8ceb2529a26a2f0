import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { PutObjectCommand, PutObjectRetentionCommand, S3ServiceException, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { expectFailure, S3Fixture, useS3 } from './s3-fixture.ts';

const s3 = useS3('server');

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the server', () => {
  it('keeps everything over a restart, and clears what a killed process left', async () => {
    await s3.put('kept', 'bytes', { Metadata: { a: 'b' }, ContentType: 'image/png' });
    await writeFile(join(s3.folder, 'tmp', 'half-received'), 'x');
    await writeFile(join(s3.folder, 'blobs', 'unreferenced'), 'x');

    await s3.restart();

    expect(await s3.text('kept')).toBe('bytes');
    expect(await s3.head('kept')).toMatchObject({ ContentType: 'image/png', Metadata: { a: 'b' } });
    expect(await readdir(join(s3.folder, 'tmp'))).toEqual([]);
    expect(await readdir(join(s3.folder, 'blobs'))).toHaveLength(1);
  });

  it('does not open a folder of another version', async () => {
    const other = new S3Fixture('other-version');
    await other.start();
    await other.stop();
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(join(other.folder, 'metadata.db'));
    database.exec('PRAGMA user_version = 99');

    await expect(other.start()).rejects.toThrow('schema 99');
    database.exec('PRAGMA user_version = 1');
    database.close();
    await other.start();
    await other.remove();
  });

  it('listens on this machine only', () => {
    expect(s3.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});

describe('a request that is refused', () => {
  it('for what is not here gets 501, and changes nothing', async () => {
    await s3.put('locked', 'x');
    const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: new Date() } as const;

    await expectFailure(
      s3.client.send(new PutObjectRetentionCommand({ Bucket: s3.Bucket, Key: 'locked', Retention })),
      501,
      'NotImplemented',
    );
    expect(await s3.text('locked')).toBe('x');
  });

  it('before its body was read gets its answer, and the connection goes on', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const send = () =>
      new Promise<[number | undefined, number | undefined]>((resolve, reject) => {
        const upload = request(`${s3.endpoint}/${s3.Bucket}/x`, { method: 'PUT', agent }, (response) => {
          const port = response.socket.localPort;
          response.resume().on('end', () => resolve([response.statusCode, port]));
        });
        upload.on('error', reject);
        upload.end(Buffer.alloc(3 * 2 ** 20));
      });

    const [first, second] = [await send(), await send()];
    agent.destroy();

    expect([first[0], second[0]]).toEqual([403, 403]);
    expect(second[1]).toBe(first[1]);
  });

  it('in the middle of its body gets its answer too', async () => {
    const command = new UploadPartCommand({ Bucket: s3.Bucket, Key: 'x', UploadId: 'none', PartNumber: 1 });
    const url = await getSignedUrl(s3.client, command);
    const missing = await fetch(url, { method: 'PUT', body: Buffer.alloc(3 * 2 ** 20) });
    const put = await getSignedUrl(s3.client, new PutObjectCommand({ Bucket: s3.Bucket, Key: 'md5' }));
    const headers = { 'content-md5': 'not-md5' };
    const invalid = await fetch(put, { method: 'PUT', body: Buffer.alloc(3 * 2 ** 20), headers });

    expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining('NoSuchUpload')]);
    expect([invalid.status, await invalid.text()]).toEqual([400, expect.stringContaining('InvalidDigest')]);
  });

  it('for a header section above 8 KB gets 400, as on S3', async () => {
    const send = (length: number) =>
      fetch(`${s3.endpoint}/${s3.Bucket}/x`, { headers: { 'x-long': 'x'.repeat(length) } });

    expect((await send(8200)).status).toBe(400);
    expect((await send(60_000)).status).toBe(400);
    expect((await send(70_000)).status).toBe(400);
    expect((await send(4000)).status).toBe(403);
  });

  it('without a length gets 411', async () => {
    const url = await getSignedUrl(s3.client, new PutObjectCommand({ Bucket: s3.Bucket, Key: 'endless' }));
    const body = new Blob(['x']).stream();

    const response = await fetch(url, { method: 'PUT', body, duplex: 'half' } as RequestInit);

    expect(response.status).toBe(411);
  });

  it.each(['GET /%zz HTTP/1.1', 'GET http://elsewhere/x HTTP/1.1', 'NONSENSE'])('as malformed: %s', async (line) => {
    const { hostname, port } = new URL(s3.endpoint);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(`${line}\r\nhost: x\r\nconnection: close\r\n\r\n`),
      );
      let text = '';
      socket.on('data', (data) => {
        text += data;
      });
      socket.on('close', () => resolve(text)).on('error', reject);
    });

    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('a failure of this machine', () => {
  it('that the disk is full answers 507 and leaves the server running', async () => {
    const ids = ['full', 'full', 'fits'];
    const small = new S3Fixture('small', {}, { newId: () => ids.shift() ?? 'more' });
    await small.start();
    // The kernel answers every write to this device with ENOSPC.
    await symlink('/dev/full', join(small.folder, 'tmp', 'full'));

    await expectFailure(small.put('a', 'x'.repeat(100_000)), 507, 'InsufficientStorage');
    await small.put('b', 'x');

    await expectFailure(small.head('a'), 404);
    await small.remove();
    expect(ids).toEqual(['fits']);
  });

  it('that nobody expects answers 500 and is reported once, without secrets', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    const broken = new S3Fixture('broken', {}, { newId: () => 'taken/by-a-folder' });
    await broken.start();
    await mkdir(join(broken.folder, 'tmp', 'taken'));

    const failure = await broken.put('key', 'body-text').catch((error) => error);

    expect(failure).toBeInstanceOf(S3ServiceException);
    expect(failure.$metadata.httpStatusCode).toBe(500);
    expect(failure.message).not.toContain('taken');
    expect(report).toHaveBeenCalledTimes(1);
    const line = String(report.mock.calls[0]?.[0]);
    expect(JSON.parse(line)).toMatchObject({ level: 'ERROR', method: 'PUT', path: '/broken/key' });
    expect(line).not.toMatch(/signature|body-text|OWNER/i);
    await broken.remove();
  });
});
