import { expect, it } from 'vitest';
import { SecretStore } from '../../../src/services/secrets-manager/secret-store.ts';

const ARN = 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:keys-LoCaL0';
const COPY = ARN.replace('eu-west-1', 'us-west-2');
const NOW = new Date('2026-11-30T00:00:00Z');

async function replicated(): Promise<SecretStore> {
  const store = await SecretStore.open(undefined);
  await store.ensure(ARN, { SecretString: 'first' }, NOW);
  store.replicate(ARN, 'us-west-2');
  return store;
}

it('a copy has the value of its secret, also the next one, under its own ARN', async () => {
  const store = await replicated();
  expect(store.find(COPY)).toMatchObject({ arn: COPY, value: 'first' });

  await store.put(ARN, 'second', 'v2', NOW);

  expect(store.find(COPY)).toMatchObject({ arn: COPY, value: 'second' });
});

it('a copy cannot be changed', async () => {
  const store = await replicated();

  expect(store.isCopy(COPY)).toBe(true);
  expect(await store.put(COPY, 'other', 'v2', NOW)).toBeUndefined();
  expect(store.find(ARN)?.value).toBe('first');
});

it('there is no copy in a region that none was made in', async () => {
  const store = await replicated();

  expect(store.find(ARN.replace('eu-west-1', 'ap-south-1'))).toBeUndefined();
});
