import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LIMITS } from '../../lambda/contract/limits.ts';
import { PRIVATE_KEY } from '../handlers/cloud-fixture.ts';
import type { Deployment } from './rights/deployment.ts';
import { startDeployment } from './rights/deployment.ts';
import { newFile, newVersions } from './rights/places.ts';
import { keyOf, personKey } from './rights/standing.ts';

let deployment: Deployment;
let fileId: string;

beforeAll(async () => {
  deployment = await startDeployment();
  ({ fileId } = await newFile(deployment, '/signed urls'));
});

afterAll(async () => {
  expect(deployment?.faults).toEqual([]);
  await deployment?.close();
});

const sign = (json: object, key = PRIVATE_KEY) =>
  deployment.send({ method: 'POST', path: `/v1/files/${fileId}/signed-url`, json }, key);

const events = async () => {
  const query = new URLSearchParams({ objectId: fileId, action: 'file.url-signed' });
  const { body } = await deployment.send({ method: 'GET', path: `/v1/audit/events?${query}` }, PRIVATE_KEY);
  return body as readonly { readonly after: object }[];
};

/** As ImageKit's documentation has it: what follows the host, without expiry and signature, and the expiry behind it. */
function signatureOf(url: string): string {
  const { pathname, search, searchParams } = new URL(url);
  const signed = `${pathname.slice(1)}${search.replace(/&ik-t=\d{10}&ik-s=[0-9a-f]{40}$/, '')}`;
  return createHmac('sha1', PRIVATE_KEY)
    .update(`${signed}${searchParams.get('ik-t')}`)
    .digest('hex');
}

it.each([{}, { transformation: 'w-400,h-300' }, { transformation: 'l-text,i-ü"\'<x>,l-end' }])(
  'the URL is signed as SDKs sign it, for what a browser sends: %j',
  async (more) => {
    const { status, body } = await sign({ expiresIn: 60, ...more });
    const { url, expiresAt } = body as { url: string; expiresAt: string };

    expect(status).toBe(200);
    expect(new URL(url).href).toBe(url);
    expect(new URL(url).searchParams.get('ik-s')).toBe(signatureOf(url));
    expect(Number(new URL(url).searchParams.get('ik-t'))).toBe(Date.parse(expiresAt) / 1000);
  },
);

it('one that can be handed on is an event, one to look at is none; no event holds the signature', async () => {
  await sign({ expiresIn: LIMITS.unrecordedUrlSeconds });
  expect(await events()).toEqual([]);
  const { body } = await sign({ expiresIn: LIMITS.unrecordedUrlSeconds + 1 });
  const { expiresAt } = body as { expiresAt: string };
  const told = await events();

  expect(told).toMatchObject([{ after: { expiresAt } }]);
  expect(JSON.stringify(told)).not.toContain('ik-s');
});

it('one of an earlier version is of that version alone', async () => {
  const file = await newVersions(deployment, '/signed urls');
  const ask = async (versionId: string) => {
    const json = { expiresIn: 60, versionId, transformation: 'w-10' };
    return deployment.send({ method: 'POST', path: `/v1/files/${file.fileId}/signed-url`, json }, PRIVATE_KEY);
  };
  const { url } = (await ask(file.versionId)).body as { url: string };
  expect(new URL(url).searchParams.get('ik-obj-version')).toBe(file.versionId);
  expect(new URL(url).searchParams.get('ik-s')).toBe(signatureOf(url));

  const missing = await ask('0'.repeat(24));
  expect([missing.status, (missing.body as { code: string }).code]).toEqual([404, 'version.missing']);
});

it('a restricted key signs nothing, whatever it is granted', async () => {
  const { key } = await keyOf(deployment, { permissions: ['files.sign', 'files.read'] });
  const { key: admin } = await keyOf(deployment, { role: 'admin' });

  for (const restricted of [key, admin]) {
    const { status, body } = await sign({ expiresIn: 60 }, restricted);
    expect([status, (body as { code: string }).code]).toEqual([403, 'permission.missing']);
  }
  expect(await sign({ expiresIn: 60 }, await personKey(deployment, [{ role: 'viewer' }]))).toMatchObject({
    status: 200,
  });
});

it.each([
  { expiresIn: 0 },
  { expiresIn: LIMITS.signedUrlSeconds + 1 },
  { expiresIn: 60, transformation: 'w-40&ik-attachment=true' },
  { expiresIn: 60, transformation: 'w-40#x' },
  { expiresIn: 60, transformation: 'w 40' },
  { expiresIn: 60, transformation: '' },
])('what cannot be signed is refused with the rule: %j', async (json) => {
  const { status, body } = await sign(json);

  expect(status).toBe(400);
  expect((body as { message: string }).message).toMatch(/expiresIn|transformation/);
});
