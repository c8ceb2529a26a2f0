import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { expectFailure, useS3 } from '../s3-fixture.ts';

const s3 = useS3('versions', { versioned: true });
const Bucket = s3.Bucket;

const remove = (Key: string, VersionId?: string) =>
  s3.client.send(new DeleteObjectCommand({ Bucket, Key, ...(VersionId !== undefined && { VersionId }) }));

const versionsOf = (Prefix: string) => s3.client.send(new ListObjectVersionsCommand({ Bucket, Prefix }));

async function* pagesOf(Prefix: string, MaxKeys: number): AsyncGenerator<ListObjectVersionsCommandOutput> {
  let more: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
  while (more) {
    const page: ListObjectVersionsCommandOutput = await s3.client.send(
      new ListObjectVersionsCommand({ Bucket, Prefix, MaxKeys, ...more }),
    );
    yield page;
    more = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined;
  }
}

describe('a versioned bucket', () => {
  it('keeps what is replaced', async () => {
    const first = await s3.put('kept', 'one');
    const second = await s3.put('kept', 'two');

    expect(first.VersionId).not.toBe(second.VersionId);
    expect(await s3.text('kept')).toBe('two');
    expect(await s3.text('kept', { VersionId: first.VersionId })).toBe('one');
    expect((await versionsOf('kept')).Versions?.map((version) => [version.VersionId, version.IsLatest])).toEqual([
      [second.VersionId, true],
      [first.VersionId, false],
    ]);
  });

  it('hides a deleted object behind a marker, and shows it again when the marker goes', async () => {
    await s3.put('back', 'one');
    const marker = await remove('back');
    await expectFailure(s3.get('back'), 404, 'NoSuchKey');
    await expectFailure(s3.get('back', { VersionId: marker.VersionId }), 405, 'MethodNotAllowed');
    const { Versions, DeleteMarkers } = await versionsOf('back');
    const listed = await s3.client.send(new ListObjectsV2Command({ Bucket, Prefix: 'back' }));

    await remove('back', marker.VersionId);

    expect(marker.DeleteMarker).toBe(true);
    expect(DeleteMarkers).toMatchObject([{ Key: 'back', VersionId: marker.VersionId, IsLatest: true }]);
    expect(Versions).toMatchObject([{ Key: 'back', IsLatest: false }]);
    expect(listed.KeyCount).toBe(0);
    expect(await s3.text('back')).toBe('one');
  });

  it('makes the version before the latest when the latest is deleted', async () => {
    const first = await s3.put('shrinks', 'one');
    const second = await s3.put('shrinks', 'two');

    await remove('shrinks', second.VersionId);

    expect(await s3.text('shrinks')).toBe('one');
    expect((await versionsOf('shrinks')).Versions).toMatchObject([{ VersionId: first.VersionId, IsLatest: true }]);
    await remove('shrinks', first.VersionId);
    expect((await versionsOf('shrinks')).Versions).toBeUndefined();
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

describe('ListObjectVersions', () => {
  it('goes from page to page, in the middle of the versions of a key too', async () => {
    for (const key of ['page/a', 'page/b', 'page/c/d']) for (const body of '12345') await s3.put(key, body);
    await remove('page/b');

    const seen: string[] = [];
    for await (const page of pagesOf('page/', 2)) {
      for (const version of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]) {
        seen.push(`${version.Key} ${version.VersionId}`);
      }
    }

    expect(seen).toHaveLength(16);
    expect(new Set(seen).size).toBe(16);
  });

  it('empties a bucket by deleting page after page', async () => {
    for (const body of '1234567') await s3.put('empty/a', body);

    for await (const page of pagesOf('empty/', 2)) {
      const Objects = (page.Versions ?? []).map(({ Key, VersionId }) => ({ Key, VersionId }));
      if (Objects.length > 0) await s3.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    }

    expect((await versionsOf('empty/')).Versions).toBeUndefined();
  });

  it('groups by a delimiter', async () => {
    await s3.put('group/x/1', '1');
    await s3.put('group/x/2', '1');

    const answer = await s3.client.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'group/', Delimiter: '/' }));

    expect(answer.CommonPrefixes).toEqual([{ Prefix: 'group/x/' }]);
    expect(answer.Versions).toBeUndefined();
  });
});

describe('versioning', () => {
  it('that is suspended keeps old versions and one without an id', async () => {
    const suspend = (Status: 'Enabled' | 'Suspended') =>
      s3.client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
    await s3.put('suspended', 'one');
    await suspend('Suspended');
    await s3.put('suspended', 'two');
    await s3.put('suspended', 'three');
    const { Versions } = await versionsOf('suspended');
    const { Status } = await s3.client.send(new GetBucketVersioningCommand({ Bucket }));
    await suspend('Enabled');

    expect(Status).toBe('Suspended');
    expect(Versions?.map(({ VersionId }) => VersionId === 'null')).toEqual([true, false]);
    expect(await s3.text('suspended')).toBe('three');
  });
});
