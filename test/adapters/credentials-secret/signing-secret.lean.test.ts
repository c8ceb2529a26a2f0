import { type AwsApis, startAwsApis } from 'local-cloud/aws-apis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signingSecretStore } from '../../../lambda/adapters/credentials-secret/signing-secret.lean.ts';
import type { AuditEvent } from '../../../lambda/core/audit/event.ts';
import type { SigningKey } from '../../../lambda/core/settings/signing-keys/signing-keys.ts';
import { parseSecret } from '../../../lambda/core/settings/signing-keys/signing-secret.ts';
import { someEvent } from '../../core/audit/told-events.ts';
import { TEST_CREDENTIALS } from '../library-fixture.ts';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:credentials';
const KEY: SigningKey = { id: 'a1', key: 'k'.repeat(40), createdAt: '2026-11-25T12:00:00.000Z' };

let apis: AwsApis;
const told: AuditEvent[] = [];

beforeAll(async () => {
  apis = await startAwsApis({
    stateFile: undefined,
    parameters: new Map(),
    invalidate: () => false,
    principals: new Map([[TEST_CREDENTIALS.accessKeyId, TEST_CREDENTIALS.secretAccessKey]]),
    log: console.error,
  });
  await apis.ensureSecret(SECRET, {
    SecretString: JSON.stringify({ publicKey: 'public', privateKey: 'private', note: 'the owner’s own' }),
  });
});

afterAll(() => apis.close());

const environment = (endpoint: string) => ({
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint,
});

const store = (secret = SECRET) =>
  signingSecretStore(environment(apis.endpoint), secret, async (event) => told.push(event));

describe('the secret with the signing keys', () => {
  it('has no further keys at first; those that are put are read, and everything else stays', async () => {
    const event = someEvent();
    expect((await store().read()).signingKeys).toEqual([]);

    await store().commit([KEY], event);

    expect(await store().read()).toEqual({ publicKey: 'public', privateKey: 'private', signingKeys: [KEY] });
    expect(JSON.parse(apis.secretValue(SECRET) ?? '')).toMatchObject({ note: 'the owner’s own' });
    expect(told).toEqual([event]);
    await store().commit([], someEvent());
    expect((await store().read()).signingKeys).toEqual([]);
  });

  it('that could not be changed is told to have failed, for the event came first', async () => {
    const event = someEvent();
    told.length = 0;
    const closed = await startAwsApis({
      stateFile: undefined,
      parameters: new Map(),
      invalidate: () => false,
      principals: new Map([[TEST_CREDENTIALS.accessKeyId, TEST_CREDENTIALS.secretAccessKey]]),
      log: console.error,
    });
    await closed.ensureSecret(SECRET, { SecretString: JSON.stringify({ publicKey: 'public', privateKey: 'private' }) });
    const own = signingSecretStore(environment(closed.endpoint), SECRET, async (one) => {
      if (told.push(one) === 1) await closed.close();
    });

    await expect(own.commit([KEY], event)).rejects.toThrow();

    expect(told).toEqual([event, { ...event, result: 'failed' }]);
  });

  it('that is not there is a fault', async () => {
    await expect(store(`${SECRET}-other`).read()).rejects.toThrow('secretsmanager answered 400');
  });
});

describe('a damaged secret', () => {
  const members = { publicKey: 'public', privateKey: 'hidden-key' };

  it.each([
    ['hidden-key'],
    ['{}'],
    [JSON.stringify({ ...members, privateKey: '' })],
    [JSON.stringify({ ...members, signingKeys: {} })],
    [JSON.stringify({ ...members, signingKeys: [{ ...KEY, key: '' }] })],
    [JSON.stringify({ ...members, signingKeys: [{ ...KEY, endsAt: 'never' }] })],
    [JSON.stringify({ ...members, signingKeys: [null] })],
  ])('is refused and not quoted: %s', (text) => {
    let message = '';
    try {
      parseSecret(text);
    } catch (error) {
      message = String(error);
    }

    expect(message).toMatch(/credentials secret/);
    expect(message).not.toMatch(/hidden-key|kkkk/);
  });
});
