import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { originalWriter } from '../../../lambda/adapters/originals-bucket/original-writer.lean.ts';
import type { Originals } from '../../../lambda/core/library/originals.ts';
import { startBucketFixture } from '../bucket-fixture.ts';
import { testEnvironment } from '../library-fixture.ts';

type Content = Parameters<Originals['write']>[0];

const FULL = '<?xml version="1.0"?><Error><Code>InsufficientStorage</Code><Message>The disk is full</Message></Error>';

test('an original is stored under its key with its type and a checksum that S3 has compared', async () => {
  const buckets = await startBucketFixture('originals');
  const key = 'media/a folder/ä (1)/f0.png';

  await originalWriter(buckets.environment, 'originals')(
    { objectKey: key, contentType: 'image/png' } as Content,
    Buffer.from('123456789'),
  );

  const stored = await buckets.client.send(
    new GetObjectCommand({ Bucket: 'originals', Key: key, ChecksumMode: 'ENABLED' }),
  );
  expect(await stored.Body?.transformToString()).toBe('123456789');
  expect(stored.ContentType).toBe('image/png');
  // The check value that the definition of this CRC gives, CBF43926.
  expect(stored.ChecksumCRC32).toBe('y/Q5Jg==');
  await buckets.close();
});

test('a full disk of the local S3 is a problem of its own, 507', async () => {
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => response.writeHead(507, { 'content-type': 'application/xml' }).end(FULL));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const environment = testEnvironment({ S3: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  const content = { objectKey: 'a', contentType: 'image/png' } as Content;

  await expect(originalWriter(environment, 'originals')(content, Buffer.from('x'))).rejects.toMatchObject({
    code: 'storage.full',
    status: 507,
  });

  server.closeAllConnections();
  server.close();
});
