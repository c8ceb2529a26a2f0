import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StartingCloud } from '../../../src/service/starting-cloud.ts';
import { cloudfront, DISTRIBUTIONS } from '../../../src/services/cloudfront/service.ts';
import { Metrics } from '../../../src/services/cloudwatch/metrics.ts';
import { METRICS } from '../../../src/services/cloudwatch/service.ts';
import { FUNCTION_URLS } from '../../../src/services/function-url/service.ts';
import { HTTP_APIS } from '../../../src/services/http-api/service.ts';
import { KeyValueStores } from '../../../src/services/key-value-store/key-value-stores.ts';
import { KEY_VALUE_STORES } from '../../../src/services/key-value-store/service.ts';
import { WEB_FUNCTIONS } from '../../../src/services/web-function/service.ts';
import { samplePlan, sampleResource } from '../../sample-plan.ts';
import { startingCloud } from '../../service/starting-cloud-fixture.ts';
import { type Origin, startOrigin } from './origin.ts';

/* Two distributions of one assembly at the same time, each on a port of its own, before two real origins. */
let cloud: StartingCloud;
let origins: readonly [media: Origin, api: Origin];
let fronts: readonly Origin[];

const CACHED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const UNCACHED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_BUT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const distribution = (name: string, behaviour: object) =>
  sampleResource('AWS::CloudFront::Distribution', name, {
    DistributionConfig: {
      Aliases: [`${name}.example.com`],
      DefaultCacheBehavior: {
        TargetOriginId: 'origin',
        AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
        FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: `arn:${name}` }],
        ...behaviour,
      },
      Origins: [{ Id: 'origin', DomainName: `${name}.execute-api.example` }],
    },
  });

const edgeFunction = (name: string) =>
  sampleResource(
    'AWS::CloudFront::Function',
    name,
    {
      FunctionCode: `import cf from 'cloudfront';
        const store = cf.kvs();
        async function handler(event) {
          event.request.headers['x-from-store'] = { value: await store.get('name') };
          return event.request;
        }`,
      FunctionConfig: { KeyValueStoreAssociations: [{ KeyValueStoreARN: `arn:store:${name}` }] },
    },
    { FunctionARN: `arn:${name}` },
  );

beforeEach(async () => {
  origins = [
    await startOrigin((_, response) => void response.setHeader('cache-control', 'max-age=60').end('media')),
    await startOrigin(async (request, response) => {
      const sent = await text(request);
      response.setHeader('set-cookie', ['a=1', 'b=2']).end(`api${sent}`);
    }),
  ];
  cloud = await startingCloud(
    samplePlan(
      distribution('media', { CachePolicyId: CACHED }),
      distribution('api', { CachePolicyId: UNCACHED, OriginRequestPolicyId: ALL_BUT_HOST }),
      edgeFunction('media'),
      edgeFunction('api'),
    ),
  );
  const stores = await KeyValueStores.open(undefined);
  await stores.declare('arn:store:media', new Map([['name', 'of media']]));
  await stores.declare('arn:store:api', new Map([['name', 'of the API']]));
  cloud.offer(METRICS, new Metrics());
  cloud.offer(KEY_VALUE_STORES, stores);
  cloud.offer(FUNCTION_URLS, []);
  cloud.offer(WEB_FUNCTIONS, []);
  cloud.offer(HTTP_APIS, [
    { templateHost: 'media.execute-api.example', region: 'eu-west-1', url: origins[0].url },
    { templateHost: 'api.execute-api.example', region: 'eu-west-1', url: origins[1].url },
  ]);
  await cloudfront.start?.(cloud);
  fronts = await Promise.all(cloud.need(DISTRIBUTIONS).map(({ cdn }) => startOrigin(cdn.handle)));
});

afterEach(async () => {
  for (const origin of [...fronts, ...origins]) origin.close();
  await cloud.close();
});

const urlOf = (name: 'media' | 'api') => fronts[name === 'media' ? 0 : 1]?.url ?? '';

test('each reaches its own origin, and its function reads its own store', async () => {
  expect(cloud.need(DISTRIBUTIONS).map(({ logicalId }) => logicalId)).toEqual(['media', 'api']);
  expect(await (await fetch(`${urlOf('media')}/a`)).text()).toBe('media');
  expect(await (await fetch(`${urlOf('api')}/a`)).text()).toBe('api');
  expect(origins.map(({ requests }) => requests.length)).toEqual([1, 1]);
  expect(origins[1].requests[0]?.headers['x-from-store']).toBe('of the API');
});

test('an invalidation of one leaves the other', async () => {
  const [media, api] = cloud.need(DISTRIBUTIONS);
  await (await fetch(`${urlOf('media')}/a`)).text();

  api?.cdn.invalidate(['/*']);
  expect((await fetch(`${urlOf('media')}/a`)).headers.get('x-cache')).toBe('Hit from cloudfront');
  media?.cdn.invalidate(['/*']);
  expect((await fetch(`${urlOf('media')}/a`)).headers.get('x-cache')).toBe('Miss from cloudfront');
});

test('what is not cached is asked for every viewer, with everything but the host, and may set cookies', async () => {
  const headers = { authorization: 'Basic x', origin: 'https://a.example', cookie: 'c=1', 'user-agent': 'sdk/1' };
  const ask = (key: string) => fetch(`${urlOf('api')}/v1/a?q=1&q=2`, { headers: { ...headers, 'x-key': key } });

  const answers = await Promise.all(['one', 'two'].map(ask));

  expect(answers.map((answer) => answer.headers.get('x-cache'))).toEqual([
    'Miss from cloudfront',
    'Miss from cloudfront',
  ]);
  expect(answers[0]?.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  const [first, second] = origins[1].requests;
  expect(new Set([first, second].map((one) => one?.headers['x-key']))).toEqual(new Set(['one', 'two']));
  expect(first?.url).toBe('/v1/a?q=1&q=2');
  expect(first?.headers).toMatchObject({ ...headers, host: origins[1].url.replace('http://', '') });
});

test('an origin that gets no cookies sets none', async () => {
  const answer = await fetch(`${urlOf('media')}/a`, { headers: { cookie: 'c=1' } });

  expect(origins[0].requests[0]?.headers.cookie).toBeUndefined();
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test('a body of unknown length goes through', async () => {
  const body = new Blob([' got a body']).stream();
  const answer = await fetch(`${urlOf('api')}/upload`, { method: 'POST', body, duplex: 'half' } as RequestInit);

  expect(origins[1].requests[0]?.headers['transfer-encoding']).toBe('chunked');
  expect(await answer.text()).toBe('api got a body');
});
