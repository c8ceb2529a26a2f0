import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type AwsApiServer, startAwsApiServer } from '../../../src/aws-api/server.ts';
import { countTraffic } from '../../../src/services/cloudfront/count-traffic.ts';
import { metricApi } from '../../../src/services/cloudwatch/metric-api.ts';
import { Metrics } from '../../../src/services/cloudwatch/metrics.ts';

const NOON = Date.UTC(2026, 10, 3, 12);
const REQUESTS = {
  namespace: 'AWS/CloudFront',
  name: 'Requests',
  dimensions: { DistributionId: 'E1', Region: 'Global' },
};
const CREDENTIALS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };

let server: AwsApiServer;
let client: CloudWatchClient;
let metrics: Metrics;
let now = NOON;

beforeEach(() => {
  metrics = new Metrics(() => now);
});

beforeAll(async () => {
  server = await startAwsApiServer({
    principals: new Map([[CREDENTIALS.accessKeyId, CREDENTIALS.secretAccessKey]]),
    log: () => undefined,
  });
  const current = new Proxy({} as Metrics, { get: (_, member) => Reflect.get(metrics, member).bind(metrics) });
  server.add(metricApi(current));
  client = new CloudWatchClient({ endpoint: server.endpoint, region: 'us-east-1', credentials: CREDENTIALS });
});

afterAll(() => server?.close());

async function read(name: string, { days = 1, stat = 'Sum', period = 86_400 } = {}) {
  const Dimensions = [
    { Name: 'Region', Value: 'Global' },
    { Name: 'DistributionId', Value: 'E1' },
  ];
  const Metric = { Namespace: 'AWS/CloudFront', MetricName: name, Dimensions };
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date('2026-11-03T00:00:00Z'),
      EndTime: new Date(Date.parse('2026-11-03T00:00:00Z') + days * 86_400_000),
      MetricDataQueries: [{ Id: 'm1', MetricStat: { Metric, Period: period, Stat: stat } }],
    }),
  );
  const [{ Values, Timestamps } = {}] = MetricDataResults;
  return { values: Values, times: Timestamps?.map((time) => time.toISOString()) };
}

test('counts are summed by period, newest first, and what lies outside is left out', async () => {
  for (const [time, value] of [
    [NOON - 13 * 3_600_000, 100],
    [NOON, 1],
    [NOON + 3_600_000, 2],
    [NOON + 24 * 3_600_000, 4],
  ] as const) {
    now = time;
    metrics.count(REQUESTS, value);
  }

  expect(await read('Requests')).toEqual({ values: [3], times: ['2026-11-03T00:00:00.000Z'] });
  expect((await read('Requests', { days: 2 })).values).toEqual([4, 3]);
  expect((await read('Requests', { period: 3600 })).values).toEqual([2, 1]);
  expect((await read('BytesDownloaded')).values).toEqual([]);
});

test('a daily value is read when it is asked for, as that of today', async () => {
  now = NOON;
  let bytes = 5;
  metrics.daily({ ...REQUESTS, name: 'BucketSizeBytes' }, () => bytes);
  bytes = 7;

  expect(await read('BucketSizeBytes', { stat: 'Average' })).toEqual({
    values: [7],
    times: ['2026-11-03T00:00:00.000Z'],
  });
});

test('what it does not know is refused', async () => {
  await expect(read('Requests', { stat: 'p90' })).rejects.toThrow('statistic');
  await expect(read('Requests', { days: 0 })).rejects.toThrow('StartTime');
});

test('the traffic of a distribution is requests and the bytes of their answers', async () => {
  now = NOON;
  const count = countTraffic(metrics, 'E1');
  const origin = createServer((request, response) => {
    count(request, response);
    response.end('x'.repeat(1000));
  }).listen(0, '127.0.0.1');
  await once(origin, 'listening');
  const { port } = origin.address() as AddressInfo;
  for (let index = 0; index < 2; index++) {
    await new Promise<void>((done) => get({ port, agent: false }, (answer) => answer.resume().on('end', done)));
  }
  await expect.poll(async () => (await read('BytesDownloaded')).values?.[0] ?? 0).toBeGreaterThan(2000);

  expect((await read('Requests')).values).toEqual([2]);
  expect((await read('BytesDownloaded')).values?.[0]).toBeLessThan(3000);
  origin.close();
});
