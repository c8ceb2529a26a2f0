import { afterAll, beforeAll, expect, test } from 'vitest';
import { edgeParameterName } from '../../lambda/contract/edge.ts';
import { type ApiServer, startApiServer } from './api-server.ts';
import { type CloudFixture, PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';

/* The API behind its distribution, which asks it under the host of API Gateway. */
let cloud: CloudFixture;
let api: ApiServer;

beforeAll(async () => {
  cloud = await startCloudFixture();
  const name = edgeParameterName('vitrine');
  const edge = JSON.parse(cloud.parameters.get(name) ?? '');
  cloud.parameters.set(name, JSON.stringify({ ...edge, apiHosts: { 'eu-west-1': 'api.example.com' } }));
  api = await startApiServer();
});

afterAll(async () => {
  api?.close();
  await cloud?.close();
});

const change = (headers: Record<string, string>) =>
  fetch(`${api.baseURL}/v1/accounts/signing-keys`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${PRIVATE_KEY}:`)}`, 'content-type': 'application/json', ...headers },
    body: '{}',
  });

test('errors lead to the documentation at the host that people call', async () => {
  const { help } = (await (await fetch(`${api.baseURL}/v1/none`)).json()) as { help: string };

  expect(help).toMatch(/^https:\/\/api\.example\.com\/docs#/);
});

test('a page of that host may change something, a page of the host behind it may not', async () => {
  expect((await change({ origin: 'https://api.example.com', 'sec-fetch-site': 'same-origin' })).status).toBe(201);
  expect((await change({ origin: api.baseURL })).status).toBe(403);
  expect((await change({ origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' })).status).toBe(403);
});
