import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import ImageKit from '@imagekit/nodejs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { synthesizeApp } from '../../local/synthesize-app.ts';
import { type Product, startProduct } from './product.ts';

/* A deployment behind another CDN, as its owner reaches it. */
const ROOT = new URL('../..', import.meta.url).pathname;

let product: Product;
let secret: string;
let path: string;

beforeAll(async () => {
  const assembly = await synthesizeApp(ROOT, { cdnInFront: { addressHeader: 'cf-connecting-ip' } });
  product = await startProduct({ args: ['--ephemeral', '--assembly', assembly] });
  secret = await secretOf(product);
  await publishSecret(assembly, product);
  const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api });
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer();
  const answer = await client.files.upload({ file: picture.toString('base64'), fileName: 'a.jpg', folder: '/shop' });
  path = answer.filePath ?? '';
});

afterAll(() => product?.stop());

/** As the owner reads it with rights in the account. */
async function secretOf({ aws }: Product): Promise<string> {
  const client = new SecretsManagerClient({
    ...{ endpoint: aws.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? '', region: 'us-east-1' },
    credentials: { accessKeyId: aws.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: aws.AWS_SECRET_ACCESS_KEY ?? '' },
  });
  const { SecretString = '' } = await client.send(
    new GetSecretValueCommand({ SecretId: 'vitrine-cdn-in-front-first' }),
  );
  return SecretString;
}

/** What CloudFormation does as part of a deployment, which is not on this machine: it calls the function that publishes first. */
async function publishSecret(assembly: string, { aws }: Product): Promise<void> {
  const { Resources } = JSON.parse(readFileSync(join(assembly, 'vitrine-edge.template.json'), 'utf8'));
  const id = Object.keys(Resources).find((one) => /^FirstPublicationPublishFunction/.test(one));
  const answered = Promise.withResolvers<string>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.end();
    answered.resolve(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const event = {
    ...{ RequestType: 'Create', StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Published' },
    ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ResourceProperties: { cdnSecrets: ['vitrine-cdn-in-front-first'] },
  };
  const lambda = new LambdaClient({
    ...{ endpoint: aws.AWS_ENDPOINT_URL_LAMBDA ?? '', region: 'us-east-1' },
    credentials: { accessKeyId: aws.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: aws.AWS_SECRET_ACCESS_KEY ?? '' },
  });
  await lambda.send(new InvokeCommand({ FunctionName: `vitrine-edge-${id}`, Payload: JSON.stringify(event) }));
  const told = await answered.promise;
  server.close();
  if (!told.includes('"SUCCESS"')) throw new Error(told);
}

const get = (headers: Record<string, string> = {}) => fetch(`${product.media}${path}?tr=w-20`, { headers });

const fromCdn = (address: string) => ({ 'x-vitrine-cdn-secret': secret, 'cf-connecting-ip': address });

async function whileRule(rule: object, look: () => Promise<void>): Promise<void> {
  const headers = { authorization: `Basic ${btoa(`${product.privateKey}:`)}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ effect: 'block', reason: 'test', ...rule });
  const { id } = (await (
    await fetch(`${product.api}/v1/accounts/rules`, { method: 'POST', headers, body })
  ).json()) as { readonly id: string };
  await look();
  await fetch(`${product.api}/v1/accounts/rules/${id}`, { method: 'DELETE', headers });
}

it('delivers to who comes by the CDN, and tells it to keep nothing', async () => {
  const answer = await get(fromCdn('192.0.2.7'));

  expect([answer.status, answer.headers.get('cdn-cache-control')]).toEqual([200, 'no-store']);
  expect(secret.length).toBe(48);
});

it('refuses who comes past it, with or without an invented address', async () => {
  for (const headers of [
    {},
    { 'cf-connecting-ip': '192.0.2.7' },
    { 'cf-connecting-ip': '192.0.2.7', 'x-vitrine-cdn-secret': 'guessed' },
  ]) {
    expect((await get(headers)).status).toBe(403);
  }
});

it.each([
  ['the web ACL', {}],
  ['the edge function', { scope: 'default' }],
])('a rule that is decided by %s goes by the address that the CDN names', async (_, scope) => {
  await whileRule({ ...scope, match: { type: 'ip', values: ['198.51.100.0/24'] } }, async () => {
    await expect.poll(async () => (await get(fromCdn('198.51.100.9'))).status).toBe(403);
    expect((await get(fromCdn('192.0.2.7'))).status).toBe(200);
  });
  await expect.poll(async () => (await get(fromCdn('198.51.100.9'))).status).toBe(200);
});

it('the secret is in nothing that the product prints', () => {
  expect(product.output()).not.toContain(secret);
});
