import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AwsApis, KeyStore, startAwsApis } from 'local-cloud/aws-apis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { credentialOpener, credentialSealer } from '../../../lambda/adapters/origin-access/origin-credentials.ts';
import { textOpener } from '../../../lambda/adapters/signed-http/kms-sealing.lean.ts';
import { TEST_CREDENTIALS, TEST_REGION } from '../library-fixture.ts';

/* Encrypted and decrypted by the local KMS, whose keys are in a file. */
const ARN = 'arn:aws:kms:eu-west-1:000000000000:key/one';
const ALIAS = 'arn:aws:kms:eu-west-1:000000000000:alias/vitrine-origin-credentials';
const SECRETS = { accessKey: 'AKIA', secretKey: 'CANARY secret ü' };
let folder: string;
let apis: AwsApis;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-keys-'));
  apis = await start();
});

afterAll(async () => {
  await apis?.close();
  await rm(folder, { recursive: true });
});

async function start(): Promise<AwsApis> {
  const keys = await KeyStore.open(join(folder, 'keys.json'));
  await keys.ensure(ARN);
  keys.alias('alias/vitrine-origin-credentials', ARN);
  return startAwsApis({
    stateFile: undefined,
    parameters: new Map(),
    invalidate: () => true,
    principals: new Map([[TEST_CREDENTIALS.accessKeyId, TEST_CREDENTIALS.secretAccessKey]]),
    keys,
    log: console.error,
  });
}

const environment = (secret: string = TEST_CREDENTIALS.secretAccessKey) => ({
  AWS_REGION: TEST_REGION,
  AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: secret,
  AWS_ENDPOINT_URL_KMS: apis.endpoint,
});

test('what was sealed for an origin opens for it, also after the machine was started again', async () => {
  const sealed = await credentialSealer(environment(), ALIAS).seal('one', SECRETS);
  await apis.close();
  apis = await start();

  expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('CANARY');
  expect(await credentialOpener(environment(), ALIAS).open('one', sealed)).toEqual(SECRETS);
  expect((await stat(join(folder, 'keys.json'))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(folder, 'keys.json'), 'utf8')).not.toContain('CANARY');
});

test('the same credentials are never sealed to the same text', async () => {
  const sealer = credentialSealer(environment(), ALIAS);

  expect(await sealer.seal('one', SECRETS)).not.toBe(await sealer.seal('one', SECRETS));
});

test('ciphertext that was moved to another origin or changed does not open', async () => {
  const sealed = await credentialSealer(environment(), ALIAS).seal('one', SECRETS);
  const changed = Buffer.from(sealed, 'base64');
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  const opener = credentialOpener(environment(), ALIAS);

  await expect(opener.open('two', sealed)).rejects.toThrow(/InvalidCiphertextException/);
  await expect(opener.open('one', changed.toString('base64'))).rejects.toThrow(/InvalidCiphertextException/);
});

test('a caller that nobody knows is refused, and no failure tells a secret', async () => {
  const error: Error = await credentialSealer(environment('wrong'), ALIAS)
    .seal('one', SECRETS)
    .catch((reason) => reason);

  expect(error.message).toBe('kms answered 403 InvalidSignatureException');
  expect(JSON.stringify(error)).not.toContain('CANARY');
});

test('a warm function asks KMS once in a while', async () => {
  const sealed = await credentialSealer(environment(), ALIAS).seal('one', SECRETS);
  let [now, asked] = [0, 0];
  const contextOf = (origin: string) => {
    asked++;
    return { origin };
  };
  const open = textOpener(environment(), ALIAS, contextOf, () => now);
  const text = await open('one', sealed);

  expect([await open('one', sealed), asked]).toEqual([text, 1]);
  now = 300_001;
  expect([await open('one', sealed), asked]).toEqual([text, 2]);
  now -= 3_600_000;
  expect([await open('one', sealed), asked]).toEqual([text, 3]);
});
