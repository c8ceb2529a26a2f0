import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach } from 'vitest';
import { type Cdn, createCdn } from '../../../src/services/cloudfront/cdn.ts';
import type { CdnOptions } from '../../../src/services/cloudfront/cdn-options.ts';
import { type Origin, startOrigin } from './origin.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface RunningCdn {
  readonly url: string;
  readonly cdn: Cdn;
  readonly first: Origin;
  readonly second: Origin;
  readonly clock: { now: number };
  readonly log: string[];
}

export interface Distribution {
  readonly options?: Partial<CdnOptions>;
  /** Functions by event type. */
  readonly functions?: Readonly<Record<string, string>>;
  /** Added to the distribution's configuration. */
  readonly distribution?: Readonly<Record<string, unknown>>;
  readonly behaviour?: Readonly<Record<string, unknown>>;
  readonly cachePolicy?: Readonly<Record<string, unknown>>;
}

/** A distribution with an origin group of two real origins, in front of which it listens. */
export async function runCdn(first: Answer, second: Answer, more: Distribution = {}): Promise<RunningCdn> {
  const origins = [await startOrigin(first), await startOrigin(second)] as const;
  const clock = { now: Date.parse('2026-11-25T00:00:00Z') };
  const log: string[] = [];
  const cdn = createCdn({
    ...optionsOf(more),
    origins: new Map([
      ['one', { baseUrl: origins[0].url }],
      ['two', { baseUrl: origins[1].url }],
    ]),
    now: () => new Date(clock.now),
    log: (line) => void log.push(line),
    ...more.options,
  });
  const front = await startOrigin((request, response) => cdn.handle(request, response));
  closing.push(front.close, origins[0].close, origins[1].close, () => cdn.close());
  return { url: front.url, cdn, first: origins[0], second: origins[1], clock, log };
}

function optionsOf({ functions = {}, distribution, behaviour, cachePolicy }: Distribution) {
  return {
    distributionId: 'D1',
    distribution: {
      DefaultCacheBehavior: {
        TargetOriginId: 'group',
        CachePolicyId: 'cache',
        OriginRequestPolicyId: 'origin',
        AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
        FunctionAssociations: Object.keys(functions).map((type) => ({ EventType: type, FunctionARN: type })),
        ...behaviour,
      },
      OriginGroups: { Items: [GROUP] },
      ...distribution,
    },
    cachePolicies: new Map([['cache', { ...CACHE_POLICY, ...cachePolicy }]]),
    originRequestPolicies: new Map([
      ['origin', { ...NOTHING, HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['x-url'] } }],
    ]),
    responseHeadersPolicies: new Map(),
    functions: new Map(Object.entries(functions).map(([type, code]) => [type, { code, stores: [] }])),
    keyValueStores: new Map(),
  };
}

const GROUP = {
  Id: 'group',
  FailoverCriteria: { StatusCodes: { Items: [403, 502] } },
  Members: { Items: [{ OriginId: 'one' }, { OriginId: 'two' }] },
};

export const NOTHING = {
  HeadersConfig: { HeaderBehavior: 'none' },
  QueryStringsConfig: { QueryStringBehavior: 'none' },
};

const CACHE_POLICY = { MinTTL: 0, DefaultTTL: 100, MaxTTL: 1000, ParametersInCacheKeyAndForwardedToOrigin: NOTHING };

export const missing: Answer = (_, response) => void response.writeHead(403).end('missing');

export const picture: Answer = (_, response) =>
  void response
    .writeHead(200, { etag: '"e1"', 'cache-control': 'max-age=50', 'content-type': 'image/png' })
    .end('0123456789');

export const answering =
  (status: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

/** An answer's status, `x-cache` without its tail, age and text. */
export async function seen(response: Response) {
  const text = await response.text();
  const outcome = response.headers.get('x-cache')?.replace(' from cloudfront', '');
  return [response.status, outcome, response.headers.get('age'), text];
}
