import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BlobFolder } from '../../../../src/services/s3/store/blob-folder.ts';
import { S3Fixture } from '../s3-fixture.ts';

const NOW = new Date();
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

describe('blobs that no row names', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'local-cloud-blobs-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are put aside for a week, and come back when a row names them again', async () => {
    let id = 0;
    const blobs = new BlobFolder(folder, () => `blob-${++id}`);
    for (let index = 0; index < 3; index++) await blobs.write((write) => write(Buffer.from('text')));
    const aside = () => readdirSync(join(folder, 'unreferenced')).sort();

    blobs.clear((blob) => blob === 'blob-1', NOW);
    expect([readdirSync(blobs.path), aside()]).toEqual([['blob-1'], ['blob-2', 'blob-3']]);

    blobs.clear((blob) => blob !== 'blob-3', later(6));
    expect([readdirSync(blobs.path).sort(), aside()]).toEqual([['blob-1', 'blob-2'], ['blob-3']]);

    blobs.clear((blob) => blob !== 'blob-3', later(8));
    expect(aside()).toEqual([]);
  });
});

describe('a server whose database is gone', () => {
  const s3 = new S3Fixture('kept');
  beforeEach(async () => {
    await s3.start();
    await s3.client.send(new PutObjectCommand({ Bucket: s3.Bucket, Key: 'a', Body: Buffer.from('text') }));
    await s3.server.close();
  });
  afterEach(() => s3.stop());

  const database = () => join(s3.folder, 'metadata.db');

  it.each([
    ['missing', () => rmSync(database())],
    ['empty', () => truncateSync(database())],
  ])('does not start when it is %s, and keeps every blob', async (_, lose) => {
    lose();
    const blobs = readdirSync(join(s3.folder, 'blobs'));

    await expect(s3.start()).rejects.toThrow(`${database()} is missing or empty`);

    expect(readdirSync(join(s3.folder, 'blobs'))).toEqual(blobs);
    rmSync(join(s3.folder, 'blobs'), { recursive: true });
    await s3.start();
  });

  it('says so when bits of it have flipped', async () => {
    const bytes = readFileSync(database());
    const flipped = bytes.map((byte, index) => (index > 4096 && index % 97 === 0 ? byte ^ 255 : byte));
    writeFileSync(database(), flipped);

    await expect(s3.start()).rejects.toThrow('malformed');

    writeFileSync(database(), bytes);
    await s3.start();
    const { Body } = await s3.client.send(new GetObjectCommand({ Bucket: s3.Bucket, Key: 'a' }));
    expect(await Body?.transformToString()).toBe('text');
  });
});
