import {
  DeleteObjectTaggingCommand,
  GetObjectTaggingCommand,
  PutObjectTaggingCommand,
  type Tag,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { expectFailure, useS3 } from '../s3-fixture.ts';

const s3 = useS3('tagging');
const Bucket = s3.Bucket;

const tags = async (Key: string) => (await s3.client.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet;
const setTags = (Key: string, TagSet: Tag[]) =>
  s3.client.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet } }));

describe('tags of an object', () => {
  it('come with the upload, can be replaced and removed', async () => {
    await s3.put('tagged', 'x', { Tagging: 'a=1&b=two%20x' });
    const uploaded = await tags('tagged');
    await setTags('tagged', [{ Key: 'c<&>', Value: '' }]);
    const replaced = await tags('tagged');
    await s3.client.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'tagged' }));

    expect(uploaded).toEqual([
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: 'two x' },
    ]);
    expect(replaced).toEqual([{ Key: 'c<&>', Value: '' }]);
    expect(await tags('tagged')).toEqual([]);
    expect((await s3.head('tagged')).TagCount).toBeUndefined();
  });

  it('are at most ten, with different keys', async () => {
    await s3.put('tagged', 'x');
    const eleven = [...'abcdefghijk'].map((Key) => ({ Key, Value: '' }));

    await expectFailure(setTags('tagged', eleven), 400, 'BadRequest');
    await expectFailure(setTags('tagged', [eleven[0], eleven[0]] as Tag[]), 400, 'InvalidTag');
    await expectFailure(setTags('missing', []), 404, 'NoSuchKey');
  });
});
