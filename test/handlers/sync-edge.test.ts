import type { ScheduledEvent } from 'aws-lambda';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { edgeParameterName } from '../../lambda/contract/edge.ts';
import type { ApiServer } from './api-server.ts';
import { startApiServer } from './api-server.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { lambdaContext } from './events.ts';

/* What the minute does that no call does: rules that begin, rules that end, and what a call could not publish. */
let cloud: CloudFixture;
let api: ApiServer;
let handler: (event: ScheduledEvent, context: ReturnType<typeof lambdaContext>) => Promise<void>;

/** Seconds by which the functions' clock is ahead; they take it when they are imported. */
let ahead = 0;

beforeAll(async () => {
  const now = Date.now;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + ahead * 1000);
  cloud = await startCloudFixture();
  api = await startApiServer();
  ({ handler } = (await import('../../lambda/handlers/sync-edge.ts')) as unknown as { handler: typeof handler });
});

afterAll(async () => {
  vi.restoreAllMocks();
  api?.close();
  await cloud?.close();
});

const minute = () => handler({} as ScheduledEvent, lambdaContext());

async function makeRule(rule: object): Promise<void> {
  const response = await fetch(`${api.baseURL}/v1/accounts/rules`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${PRIVATE_KEY}:`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ effect: 'block', reason: 'test', ...rule }),
  });
  expect(response.status).toBe(201);
}

const blockedAddresses = () => cloud.waf.list('ipSets').flatMap(({ properties }) => properties.Addresses as string[]);

test('before the edge is deployed a minute says nothing', async () => {
  const edge = cloud.parameters.get(edgeParameterName('vitrine')) ?? '';
  const said = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')];
  cloud.parameters.delete(edgeParameterName('vitrine'));

  await minute();

  expect(said.flatMap(({ mock }) => mock.calls)).toEqual([]);
  expect(cloud.edgeSettings()).toEqual(new Map());
  cloud.parameters.set(edgeParameterName('vitrine'), edge);
});

test('the first publication gives the default endpoint its settings, and the edge its keys', async () => {
  await minute();

  expect(cloud.edgeSettings().get('endpoint:default')).toMatch(/"paused":false/);
  expect(JSON.parse(cloud.edgeSettings().get('keys') ?? '')).toEqual([{ i: 'private', k: PRIVATE_KEY, s: 0, e: 0 }]);
});

test('rules begin and end by themselves, in the web ACL and at the edge', async () => {
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  await makeRule({ match: { type: 'ip', values: ['192.0.2.0/24'] }, endsAt: at(60) });
  await makeRule({ match: { type: 'ip', values: ['198.51.100.0/24'] }, startsAt: at(60) });
  await makeRule({ match: { type: 'urlPattern', values: ['/x'] }, endsAt: at(60) });
  expect(blockedAddresses()).toEqual(['192.0.2.0/24']);
  expect(cloud.edgeSettings().has('rules:global:0')).toBe(true);

  ahead = 61;
  await minute();

  expect(blockedAddresses()).toEqual(['198.51.100.0/24']);
  expect(cloud.edgeSettings().has('rules:global:0')).toBe(false);
});
