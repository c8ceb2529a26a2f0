import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { edgeParameterName } from '../../lambda/contract/edge.ts';
import { type CloudFixture, PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';
import { type CustomResourceHandler, callCustomResource } from './custom-resource-call.ts';

let cloud: CloudFixture;
let handler: CustomResourceHandler;

beforeAll(async () => {
  cloud = await startCloudFixture();
  ({ handler } = await import('../../lambda/handlers/first-publication.ts'));
});

afterAll(() => cloud?.close());

const send = (requestType: 'Create' | 'Delete') => callCustomResource(handler, { requestType, properties: {} });

test('the end of a deployment changes nothing at the edge', async () => {
  expect(await send('Delete')).toMatchObject([{ Status: 'SUCCESS' }]);
  expect(cloud.edgeSettings().has('keys')).toBe(false);
});

test('a deployment ends when the edge knows the keys, also when the first attempt came too early', async () => {
  const name = edgeParameterName('vitrine');
  const edge = cloud.parameters.get(name) ?? '';
  cloud.parameters.delete(name);

  const answer = send('Create');
  await pause(1000);
  expect(cloud.edgeSettings().has('keys')).toBe(false);
  cloud.parameters.set(name, edge);

  expect(await answer).toMatchObject([{ method: 'PUT', Status: 'SUCCESS' }]);
  expect(cloud.edgeSettings().get('keys')).toContain(PRIVATE_KEY);
}, 30_000);
