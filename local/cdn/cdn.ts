import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebAcl } from '../waf/web-acl.ts';
import { portionOf } from './conditional.ts';
import { behaviourFor, type DistributionConfig } from './distribution-config.ts';
import { EdgeFunctions } from './edge-functions.ts';
import type { EdgeAnswer, EdgeRequest, EventContext } from './functions/events.ts';
import { type Found, ObjectSource } from './object-source.ts';
import type { OriginTarget } from './origin-client.ts';
import { type CachePolicy, MANAGED_CACHE_POLICIES, type OriginRequestPolicy } from './policies.ts';
import { type ResponseHeadersPolicy, withPolicy } from './response-headers.ts';
import { readViewerRequest, type Sendable, sendAnswer } from './viewer.ts';

export type { OriginTarget } from './origin-client.ts';

type Config = Readonly<Record<string, unknown>>;

export interface CdnOptions {
  readonly distributionId: string;
  /** DistributionConfig of AWS::CloudFront::Distribution, resolved. */
  readonly distribution: Config;
  /** Policies by id; those that AWS manages are known. */
  readonly cachePolicies: ReadonlyMap<string, Config>;
  readonly originRequestPolicies: ReadonlyMap<string, Config>;
  readonly responseHeadersPolicies: ReadonlyMap<string, Config>;
  /** Functions by ARN, with the ids of their KeyValueStores. */
  readonly functions: ReadonlyMap<string, { readonly code: string; readonly stores: readonly string[] }>;
  readonly keyValueStores: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Where each origin of the distribution is. */
  readonly origins: ReadonlyMap<string, OriginTarget>;
  readonly webAcl?: WebAcl;
  /** @default the clock */
  readonly now?: () => Date;
  readonly log: (line: string) => void;
}

export interface CdnStatistics {
  readonly hits: number;
  readonly misses: number;
  /** Requests to each origin. */
  readonly originRequests: Readonly<Record<string, number>>;
}

export interface Cdn {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** @param paths as CreateInvalidation takes them; a star at the end stands for anything */
  invalidate(paths: readonly string[]): void;
  readonly statistics: CdnStatistics;
  close(): void;
}

/**
 * CloudFront for one distribution: web ACL, viewer-request function, cache, origins with failover, response headers
 * policy, viewer-response function.
 * @throws for a function that the edge would refuse, and for a policy that is not there
 */
export function createCdn(options: CdnOptions): Cdn {
  const edge = new Edge(options);
  return {
    handle: (request, response) => {
      edge.answer(request).then(
        (answer) => sendAnswer(request, response, answer),
        (error: Error) => {
          options.log(`CDN: ${request.method} failed: ${error.message}`);
          sendAnswer(request, response, plain(502, 'Bad Gateway'));
        },
      );
    },
    invalidate: (paths) => edge.source.invalidate(paths),
    get statistics() {
      return edge.source.statistics;
    },
    close: () => edge.source.close(),
  };
}

class Edge {
  readonly source: ObjectSource;
  readonly #options: CdnOptions;
  readonly #config: DistributionConfig;
  readonly #functions: EdgeFunctions;
  readonly #now: () => Date;

  constructor(options: CdnOptions) {
    this.#options = options;
    this.#config = options.distribution as unknown as DistributionConfig;
    this.#now = options.now ?? (() => new Date());
    this.#functions = new EdgeFunctions(options);
    this.source = new ObjectSource(this.#config, options.origins, this.#now);
  }

  async answer(message: IncomingMessage): Promise<Sendable> {
    const asked = readViewerRequest(message);
    if ('status' in asked) return asked;
    const behaviour = behaviourFor(this.#config, asked.path);
    if (!(behaviour.AllowedMethods ?? ['GET', 'HEAD']).includes(asked.method)) return plain(403, 'Method not allowed');
    const viewerIp = message.socket.remoteAddress ?? '';
    const verdict = this.#options.webAcl?.decide({
      ip: viewerIp.replace(/^::ffff:/, ''),
      method: asked.method,
      uri: asked.path,
      query: asked.query ?? '',
      headers: asked.headers,
    });
    if (verdict?.action === 'block') return plain(verdict.status, verdict.body ?? 'Request blocked');
    const context = { distributionId: this.#options.distributionId, requestId: randomUUID(), viewerIp };
    const request = this.#functions.viewerRequest(behaviour, asked, context, this.#now());
    if ('status' in request) return generated(request);
    const found = await this.source.find(
      request,
      {
        targetId: behaviour.TargetOriginId,
        cachePolicy: this.#cachePolicy(behaviour.CachePolicyId),
        originPolicy: policyOf<OriginRequestPolicy>(
          this.#options.originRequestPolicies,
          behaviour.OriginRequestPolicyId,
        ),
      },
      asked.path,
    );
    return this.#finish(behaviour, request, found, context);
  }

  #finish(
    behaviour: Parameters<EdgeFunctions['viewerResponse']>[0] & { readonly ResponseHeadersPolicyId?: string },
    request: EdgeRequest,
    found: Found,
    context: EventContext,
  ): Sendable {
    const policy = policyOf<ResponseHeadersPolicy>(
      this.#options.responseHeadersPolicies,
      behaviour.ResponseHeadersPolicyId,
    );
    const portion = Buffer.isBuffer(found.body)
      ? portionOf(request, found.status, found.headers, found.body)
      : { status: found.status, headers: found.headers, body: found.body };
    const aged = found.age === undefined ? portion.headers : { ...portion.headers, age: String(found.age) };
    const headers = withPolicy(aged, policy, found.age !== undefined);
    const answer =
      portion.status >= 400
        ? { status: portion.status, headers }
        : this.#functions.viewerResponse(behaviour, request, portion.status, headers, context, this.#now());
    const xCache = portion.status >= 400 ? 'Error' : found.age === undefined ? 'Miss' : 'Hit';
    return {
      status: answer.status,
      headers: { ...answer.headers, 'x-cache': `${xCache} from cloudfront`, ...CLOUDFRONT_HEADERS(context.requestId) },
      body: portion.body,
    };
  }

  #cachePolicy(id: string): CachePolicy {
    const policy = policyOf<CachePolicy>(this.#options.cachePolicies, id) ?? MANAGED_CACHE_POLICIES.get(id);
    if (!policy) throw new Error(`there is no cache policy ${id}`);
    return policy;
  }
}

function policyOf<T>(policies: ReadonlyMap<string, Config>, id: string | undefined): T | undefined {
  return id === undefined ? undefined : (policies.get(id) as T | undefined);
}

const CLOUDFRONT_HEADERS = (requestId: string): Record<string, string> => ({
  via: '1.1 local.cloudfront.net (CloudFront)',
  'x-amz-cf-pop': 'LOCAL',
  'x-amz-cf-id': requestId,
});

/** What a viewer-request function answers; neither policy nor viewer-response function touch it. */
function generated({ status, headers, body }: EdgeAnswer): Sendable {
  return { status, headers: { ...headers, 'x-cache': 'FunctionGeneratedResponse from cloudfront' }, body };
}

function plain(status: number, text: string): Sendable {
  return {
    status,
    headers: { 'content-type': 'text/plain', 'x-cache': 'Error from cloudfront' },
    body: Buffer.from(`${text}\n`),
  };
}
