import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { originalsBucket } from '../../../lambda/adapters/originals-bucket/originals-bucket.ts';
import type { Originals } from '../../../lambda/core/library/originals.ts';

const FULL = '<?xml version="1.0"?><Error><Code>InsufficientStorage</Code><Message>The disk is full</Message></Error>';

test('a full disk of the local S3 is a problem of its own, 507', async () => {
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => response.writeHead(507, { 'content-type': 'application/xml' }).end(FULL));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new S3Client({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  const intent = { objectKey: 'a', contentType: 'image/png' } as Parameters<Originals['write']>[0];

  await expect(originalsBucket(client, 'originals').write(intent, Buffer.from('x'))).rejects.toMatchObject({
    code: 'storage.full',
    status: 507,
  });

  client.destroy();
  server.close();
});
