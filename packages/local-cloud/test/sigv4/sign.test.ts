import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/sigv4/canonical-request.ts';
import { signRequest } from '../../src/sigv4/sign.ts';
import { type Verdict, verifySignature } from '../../src/sigv4/verify.ts';

const credentials = { accessKeyId: 'LOCALKEY', secretAccessKey: 'local/secret+key' };
const secrets = new Map([[credentials.accessKeyId, credentials.secretAccessKey]]);
const verdicts: Verdict[] = [];

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
  const service = String(request.headers['user-agent']).includes('dynamodb') ? 'dynamodb' : 's3';
  const { method = '', headers } = request;
  const bodySha256 = sha256(Buffer.concat(chunks).toString());
  verdicts.push(verifySignature({ method, path, query, headers, bodySha256 }, secrets, new Date(), { service }));
  response.end('{}');
});
let endpoint = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

const KEYS = ['plain.jpg', 'ż ó🐘/a+b c&d=e?f#g%20h.jpg', "k/a//b/!'()*", 'k/..%2f/./x/', '..'];

/** Without a URL parser between, which would take dot segments out of the path. */
function getAsWritten(url: string): Promise<unknown> {
  const [, host, port, path] = /^http:\/\/([^:]+):(\d+)(\/.*)$/.exec(url) ?? [];
  return new Promise((resolve, reject) =>
    get({ host, port, path, agent: false }, (response) => response.resume().on('end', resolve)).on('error', reject),
  );
}

describe('requests that the AWS SDK signs', () => {
  it.each(KEYS)('S3 object %j: in a header and presigned', async (Key) => {
    const client = new S3Client({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
    verdicts.length = 0;

    await client.send(new GetObjectCommand({ Bucket: 'b', Key, ResponseContentType: 'a b+c' }));
    await client.send(new PutObjectCommand({ Bucket: 'b', Key, Body: 'x', Metadata: { n: 'two  words' } }));
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket: 'b', Key }));
    await getAsWritten(url);

    expect(verdicts.map((verdict) => verdict.ok)).toEqual([true, true, true]);
  });

  it('DynamoDB', async () => {
    const client = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
    verdicts.length = 0;

    await client.send(new ListTablesCommand({}));

    expect(verdicts).toMatchObject([{ ok: true, accessKeyId: 'LOCALKEY', payloadHash: sha256('{}') }]);
  });
});

describe('requests that aws4fetch signs', () => {
  it('S3 with an escaped path, and a service that gets no hash of the body', async () => {
    const client = new AwsClient({ ...credentials, region: 'eu-west-1', retries: 0 });
    verdicts.length = 0;

    const path = KEYS[1]?.split('/').map(encodeURIComponent).join('/');
    await client.fetch(`${endpoint}/b/${path}?list=a%20b`, { aws: { service: 's3' } });
    await client.fetch(endpoint, {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'user-agent': 'dynamodb' },
      aws: { service: 'dynamodb' },
    });

    expect(verdicts.map((verdict) => verdict.ok)).toEqual([true, true]);
  });
});

describe('signRequest', () => {
  it('gives the signature of the GET Object example of the S3 API reference', () => {
    const headers = { host: 'examplebucket.s3.amazonaws.com', range: 'bytes=0-9' };
    const example = {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    };

    const added = signRequest(
      { method: 'GET', path: '/test.txt', query: '', headers },
      { service: 's3', region: 'us-east-1' },
      example,
      new Date('2013-05-24T00:00:00Z'),
      sha256(''),
    );

    expect(added).toEqual({
      'x-amz-date': '20130524T000000Z',
      'x-amz-content-sha256': sha256(''),
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, ' +
        'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, ' +
        'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    });
  });

  it('needs a host', () => {
    const request = { method: 'GET', path: '/', query: '', headers: {} };

    expect(() => signRequest(request, { service: 's3', region: 'eu-west-1' }, credentials, new Date())).toThrow('host');
  });
});
