import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, expect, it, vi } from 'vitest';
import { homeClient } from '../../lambda/handlers/composition/home-client.ts';

afterEach(() => vi.unstubAllEnvs());

/** A function in a region, whose home region is where nobody or this server answers. */
function inRegion(region: string, endpoint: string): void {
  vi.stubEnv('AWS_REGION', region);
  vi.stubEnv('VITRINE_ACCOUNTS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
}

async function answering(status: number, type: string) {
  const server = createServer((_, answer) => {
    answer.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    answer.end(JSON.stringify({ __type: type, message: 'no' }));
  }).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { endpoint, [Symbol.asyncDispose]: async () => void server.close() };
}

const get = () => homeClient().send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } }));
const put = () => DynamoDBDocumentClient.from(homeClient()).send(new PutCommand({ TableName: 't', Item: { pk: 'a' } }));

it('a change or a question that finds nobody at home says that home is away', async () => {
  inRegion('us-west-2', 'http://127.0.0.1:9');

  await expect(put()).rejects.toMatchObject({ code: 'home.away', status: 503 });
  await expect(get()).rejects.toMatchObject({ message: expect.stringContaining('Settings are read-only while') });
});

it('trouble of the home region’s own is the same', async () => {
  await using home = await answering(500, 'InternalServerError');
  inRegion('us-west-2', home.endpoint);

  await expect(put()).rejects.toMatchObject({ code: 'home.away' });
});

it('what home answers is told as it is', async () => {
  await using home = await answering(400, 'ConditionalCheckFailedException');
  inRegion('us-west-2', home.endpoint);

  await expect(put()).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
});

it('at home nothing is away', async () => {
  inRegion('eu-west-1', 'http://127.0.0.1:9');

  await expect(get()).rejects.not.toMatchObject({ code: 'home.away' });
});
