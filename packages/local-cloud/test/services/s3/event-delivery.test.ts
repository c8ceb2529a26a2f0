import { setTimeout as pause } from 'node:timers/promises';
import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { S3ObjectEvent } from '../../../src/services/s3/server.ts';
import { OWNER, REGION, S3Fixture } from './s3-fixture.ts';

let received: S3ObjectEvent[] = [];
let accept: (event: S3ObjectEvent) => Promise<void> = async () => {};

const onEvent = async (event: S3ObjectEvent) => {
  await accept(event);
  received.push(event);
};

let s3: S3Fixture;

beforeEach(async () => {
  received = [];
  accept = async () => {};
  s3 = new S3Fixture('events', { eventBridge: true, versioned: true }, { onEvent });
  await s3.start();
});

afterEach(async () => {
  await s3.remove();
  vi.restoreAllMocks();
});

const keys = () => received.map((event) => event.detail.object.key).sort();

describe('an event', () => {
  it('tells of a new object in the shape of EventBridge', async () => {
    s3.server.startEvents();
    const { VersionId, ETag } = await s3.put('żółć & co/1.png', 'hello');

    await expect.poll(() => received).toHaveLength(1);
    expect(received[0]).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Object Created',
      source: 'aws.s3',
      account: '000000000000',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      region: REGION,
      resources: ['arn:aws:s3:::events'],
      detail: {
        version: '0',
        bucket: { name: 'events' },
        object: {
          key: 'żółć & co/1.png',
          size: 5,
          etag: ETag?.replaceAll('"', ''),
          'version-id': VersionId,
          sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
        },
        'request-id': expect.any(String),
        requester: OWNER.accessKeyId,
        'source-ip-address': '127.0.0.1',
        reason: 'PutObject',
      },
    });
  });

  it('tells of copies and deletions, in the order of its sequencer', async () => {
    s3.server.startEvents();
    const { VersionId } = await s3.put('a', 'x');
    await s3.client.send(new CopyObjectCommand({ Bucket: s3.Bucket, Key: 'b', CopySource: `${s3.Bucket}/a` }));
    await s3.client.send(new DeleteObjectCommand({ Bucket: s3.Bucket, Key: 'a' }));
    await s3.client.send(new DeleteObjectCommand({ Bucket: s3.Bucket, Key: 'a', VersionId }));

    await expect.poll(() => received).toHaveLength(4);
    const inOrder = received.toSorted((x, y) => (x.detail.object.sequencer < y.detail.object.sequencer ? -1 : 1));
    expect(inOrder.map(({ detail }) => [detail.reason, detail['deletion-type'], detail.object.key])).toEqual([
      ['PutObject', undefined, 'a'],
      ['CopyObject', undefined, 'b'],
      ['DeleteObject', 'Delete Marker Created', 'a'],
      ['DeleteObject', 'Permanently Deleted', 'a'],
    ]);
  });

  it('is on its way as long as is said, and may be overtaken', async () => {
    const delays = [400, 0];
    const slow = new S3Fixture(
      'slow',
      { eventBridge: true, versioned: true },
      { onEvent, eventDelay: () => delays.shift() ?? 0 },
    );
    await slow.start();
    try {
      slow.server.startEvents();
      await slow.put('first', 'x');
      await slow.put('second', 'x');

      await expect.poll(() => received).toHaveLength(2);
      expect(received.map(({ detail }) => detail.object.key)).toEqual(['second', 'first']);
    } finally {
      await slow.remove();
    }
  });

  it('is not made for a bucket without EventBridge', async () => {
    s3.server.startEvents();
    s3.server.ensureBucket({ name: s3.Bucket, versioned: false, eventBridge: false });
    await s3.put('silent', 'x');
    s3.server.ensureBucket({ name: s3.Bucket, versioned: false, eventBridge: true });
    await s3.put('loud', 'x');

    await expect.poll(keys).toEqual(['loud']);
  });

  it('is not made for a write that is refused', async () => {
    s3.server.startEvents();
    await s3.put('once', '1', { IfNoneMatch: '*' });
    await s3.put('once', '2', { IfNoneMatch: '*' }).catch(() => {});
    await s3.put('last', 'x');

    await expect.poll(keys).toEqual(['last', 'once']);
  });
});

describe('the outbox', () => {
  it('holds events until they are started, over a restart', async () => {
    await s3.put('before', 'x');
    await s3.restart();
    await s3.put('after', 'x');
    expect(received).toEqual([]);

    s3.server.startEvents();

    await expect.poll(keys).toEqual(['after', 'before']);
  });

  it('delivers again what was refused, and nothing that was accepted', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    let refusals = 2;
    accept = async (event) => {
      if (event.detail.object.key === 'refused' && refusals-- > 0) throw new Error('busy');
    };
    s3.server.startEvents();
    await s3.put('refused', 'x');
    await s3.put('accepted', 'x');

    await expect.poll(keys).toEqual(['accepted', 'refused']);
    await s3.restart();
    s3.server.startEvents();
    await s3.put('next', 'x');

    await expect.poll(keys).toEqual(['accepted', 'next', 'refused']);
    expect(report).toHaveBeenCalledTimes(1);
  });

  it('is not held up by events that are refused for ever', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    accept = async (event) => {
      if (event.detail.object.key.startsWith('poison')) throw new Error('no');
    };
    s3.server.startEvents();
    for (let index = 0; index < 20; index++) await s3.put(`poison-${index}`, 'x');
    await s3.put('good', 'x');

    await expect.poll(keys).toEqual(['good']);
  });

  it('keeps an event whose listener had not answered when the server closed', async () => {
    accept = () => pause(60_000, undefined, { ref: false });
    s3.server.startEvents();
    await s3.put('unanswered', 'x');
    await s3.stop();
    accept = async () => {};

    await s3.start();
    s3.server.startEvents();

    await expect.poll(keys).toEqual(['unanswered']);
  });
});
