import { CopyObjectCommand, DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { expectFailure, useS3 } from './s3-fixture.ts';

const s3 = useS3('versions', { versioned: true });
const Bucket = s3.Bucket;

const remove = (Key: string, VersionId?: string) =>
  s3.client.send(new DeleteObjectCommand({ Bucket, Key, ...(VersionId !== undefined && { VersionId }) }));

describe('a versioned bucket', () => {
  it('keeps what is replaced', async () => {
    const first = await s3.put('kept', 'one');
    const second = await s3.put('kept', 'two');

    expect(first.VersionId).not.toBe(second.VersionId);
    expect(await s3.text('kept')).toBe('two');
    expect(await s3.text('kept', { VersionId: first.VersionId })).toBe('one');
    expect(s3.versions('kept').map((version) => [version.VersionId, version.IsLatest])).toEqual([
      [second.VersionId, true],
      [first.VersionId, false],
    ]);
  });

  it('hides a deleted object behind a marker, and shows it again when the marker goes', async () => {
    await s3.put('back', 'one');
    const marker = await remove('back');
    await expectFailure(s3.get('back'), 404, 'NoSuchKey');
    await expectFailure(s3.get('back', { VersionId: marker.VersionId }), 405, 'MethodNotAllowed');
    const versions = s3.versions('back');
    const listed = await s3.client.send(new ListObjectsV2Command({ Bucket, Prefix: 'back' }));

    await remove('back', marker.VersionId);

    expect(marker.DeleteMarker).toBe(true);
    expect(versions).toMatchObject([
      { VersionId: marker.VersionId, IsLatest: true, isDeleteMarker: true },
      { IsLatest: false, isDeleteMarker: false },
    ]);
    expect(listed.KeyCount).toBe(0);
    expect(await s3.text('back')).toBe('one');
  });

  it('makes the version before the latest when the latest is deleted', async () => {
    const first = await s3.put('shrinks', 'one');
    const second = await s3.put('shrinks', 'two');

    await remove('shrinks', second.VersionId);

    expect(await s3.text('shrinks')).toBe('one');
    expect(s3.versions('shrinks')).toMatchObject([{ VersionId: first.VersionId, IsLatest: true }]);
    await remove('shrinks', first.VersionId);
    expect(s3.versions('shrinks')).toEqual([]);
  });

  it('copies an old version', async () => {
    const { VersionId } = await s3.put('source', 'one');
    await s3.put('source', 'two');

    const answer = await s3.client.send(
      new CopyObjectCommand({ Bucket, Key: 'target', CopySource: `${Bucket}/source?versionId=${VersionId}` }),
    );

    expect(answer.CopySourceVersionId).toBe(VersionId);
    expect(await s3.text('target')).toBe('one');
  });

  it('lets a first one through If-None-Match after a deletion', async () => {
    await s3.put('again', 'one');
    await remove('again');

    await s3.put('again', 'two', { IfNoneMatch: '*' });

    expect(await s3.text('again')).toBe('two');
  });
});

describe('versioning', () => {
  it('that is suspended keeps old versions and one without an id', async () => {
    const make = (versioned: boolean) => s3.server.ensureBucket({ name: Bucket, versioned, eventBridge: false });
    await s3.put('suspended', 'one');
    make(false);
    await s3.put('suspended', 'two');
    await s3.put('suspended', 'three');
    const versions = s3.versions('suspended');
    make(true);

    expect(versions.map(({ VersionId }) => VersionId === 'null')).toEqual([true, false]);
    expect(await s3.text('suspended')).toBe('three');
  });
});
