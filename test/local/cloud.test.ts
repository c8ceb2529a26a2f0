import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import {
  type AssemblyPlan,
  CATALOGUE,
  type Cloud,
  type Listener,
  openListener,
  planAssembly,
  readAssembly,
  startCloud,
} from 'local-cloud';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UPLOAD_PATHS } from '../../lambda/contract/routes.ts';
import { readCredentials } from '../../local/credentials.ts';
import { isOfApi } from '../../local/distributions.ts';
import { PROGRAM } from '../../local/program.ts';
import { synthesizeApp } from '../../local/synthesize-app.ts';

/* The product's own assembly, run in this process, so that its functions can be counted. */
let folder: string;
let listeners: readonly [media: Listener, api: Listener];
let plan: AssemblyPlan;
let cloud: Cloud;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-cloud-'));
  listeners = [await openListener(0, 'PORT'), await openListener(0, 'API_PORT')];
  const assembly = readAssembly(await synthesizeApp(new URL('../..', import.meta.url).pathname));
  const listenerOf = (logicalId: string) => listeners[isOfApi(logicalId) ? 1 : 0];
  plan = planAssembly(
    assembly,
    { distribution: (id) => listenerOf(id).host, issuer: () => 'localhost:4002' },
    CATALOGUE,
  );
  cloud = await startCloud({ plan, folder, program: PROGRAM, log: () => {} });
  for (const { logicalId, handle } of cloud.distributions) listenerOf(logicalId).serve(handle);
});

afterAll(async () => {
  await Promise.all(listeners.map((listener) => listener.close()));
  await cloud?.close();
  rmSync(folder, { recursive: true });
});

const functionNamed = (part: string) => {
  const found = cloud.functions.find(({ resource }) => resource.logicalId.startsWith(part));
  if (!found) throw new Error(`There is no function ${part}.`);
  return found.lambda;
};

const timingOf = async (path: string) => {
  const response = await fetch(`http://${listeners[0].host}${path}`);
  await response.arrayBuffer();
  return response.headers.get('server-timing') ?? `status ${response.status}`;
};

async function upload(fileName: string): Promise<void> {
  const form = new FormData();
  const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  form.set('file', new Blob([new Uint8Array(picture)]), fileName);
  form.set('fileName', fileName);
  form.set('useUniqueFileName', 'false');
  const authorization = `Basic ${Buffer.from(`${readCredentials(plan, cloud).privateKey}:`).toString('base64')}`;
  const response = await fetch(`http://${listeners[1].host}${UPLOAD_PATHS[0]}`, {
    method: 'POST',
    headers: { authorization },
    body: form,
  });
  expect(response.status).toBe(200);
}

/** Through CloudFront's own API, with the credentials of the function that may. */
async function invalidateEverything(): Promise<void> {
  const { environment } = functionNamed('ApiAnswer').configuration;
  const client = new CloudFrontClient({
    region: 'us-east-1',
    endpoint: environment.AWS_ENDPOINT_URL_CLOUDFRONT ?? '',
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    },
  });
  const DistributionId = plan.resources.find(
    ({ type, logicalId }) => type === 'AWS::CloudFront::Distribution' && !isOfApi(logicalId),
  )?.ref;
  await client.send(
    new CreateInvalidationCommand({
      DistributionId,
      InvalidationBatch: { CallerReference: randomUUID(), Paths: { Quantity: 1, Items: ['/*'] } },
    }),
  );
  client.destroy();
}

describe('a variant', () => {
  it('is rendered once, then cached; without the cache it comes from the bucket and no function runs', async () => {
    await upload('square.png');
    const transformer = functionNamed('TransformerTransform');

    expect(await timingOf('/square.png?tr=w-20')).toMatch(/cache;desc=miss/);
    expect(await timingOf('/square.png?tr=w-20')).toMatch(/cache;desc=hit/);
    // The variant is stored after its first answer has gone out.
    const withoutCache = async () => {
      const { invocations } = transformer.statistics;
      await invalidateEverything();
      const timing = await timingOf('/square.png?tr=w-20');
      return { source: /cache;desc=(\w+)/.exec(timing)?.[1], runs: transformer.statistics.invocations - invocations };
    };
    await expect.poll(withoutCache).toEqual({ source: 'variant', runs: 0 });
  });
});

describe('an upload', () => {
  it('is an event for the function that completes uploads', async () => {
    const ingest = functionNamed('UploadsIngest');
    const before = ingest.statistics.invocations;

    await upload('event.png');

    await expect.poll(() => ingest.statistics.invocations).toBeGreaterThan(before);
    expect(ingest.statistics.errors).toBe(0);
  });
});

describe('the API', () => {
  it('is called by a distribution of its own, which keeps nothing and knows no other host', async () => {
    const url = `http://${listeners[1].host}/v1/none`;
    const answers = [await fetch(url), await fetch(url)];

    for (const { status, headers } of answers) {
      expect([status, headers.get('x-cache'), headers.get('age')]).toEqual([401, 'Error from cloudfront', null]);
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
    const { help } = (await (await fetch(url)).json()) as { help: string };
    expect(help).toContain(`http://${listeners[1].host}/docs#`);
    expect(await statusFor('evil.example')).toBe(403);
  });
});

/** With a Host header that `fetch` would not send. */
const statusFor = (host: string) =>
  new Promise((done, failed) => {
    const { port } = listeners[1];
    request({ host: '127.0.0.1', port, path: '/docs', headers: { host } }, ({ statusCode }) => done(statusCode))
      .on('error', failed)
      .end();
  });

describe('functions', () => {
  it('have credentials of their own and no address outside this machine', () => {
    const environments = cloud.functions.map(({ lambda }) => lambda.configuration.environment);
    const keys = new Set(environments.map((environment) => environment.AWS_ACCESS_KEY_ID));
    const endpoints = environments.flatMap((environment) =>
      Object.entries(environment).filter(([name]) => name.startsWith('AWS_ENDPOINT_URL_')),
    );

    expect(keys.size).toBe(cloud.functions.length);
    expect(endpoints).toHaveLength(15 * cloud.functions.length);
    expect(endpoints.filter(([, url]) => !/^http:\/\/(?:127\.0\.0\.1|localhost):\d+$/.test(url))).toEqual([]);
  });
});
