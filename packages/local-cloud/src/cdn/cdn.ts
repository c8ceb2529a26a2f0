import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebAcl } from '../waf/web-acl.ts';
import { Edge } from './edge.ts';
import type { EdgeFunctionsOptions } from './edge-functions.ts';
import type { OriginTarget } from './origin-client.ts';
import { refusal, type Sendable, sendAnswer } from './viewer.ts';

export type { OriginTarget } from './origin-client.ts';

type Config = Readonly<Record<string, unknown>>;

/** One distribution, with everything that it names. */
export interface CdnOptions extends EdgeFunctionsOptions {
  readonly distributionId: string;
  /** DistributionConfig of AWS::CloudFront::Distribution, resolved. */
  readonly distribution: Config;
  /** Policies by id; the cache policies CachingDisabled and CachingOptimized, which AWS manages, are known. */
  readonly cachePolicies: ReadonlyMap<string, Config>;
  readonly originRequestPolicies: ReadonlyMap<string, Config>;
  readonly responseHeadersPolicies: ReadonlyMap<string, Config>;
  /** Where each origin of the distribution is. */
  readonly origins: ReadonlyMap<string, OriginTarget>;
  readonly webAcl?: WebAcl;
  /** ISO 3166-1 alpha-2; every viewer is taken to be there. @default nobody knows */
  readonly viewerCountry?: string;
  /** @default the clock */
  readonly now?: () => Date;
  /** Memory for cached objects. @default 256 MB */
  readonly cacheBytes?: number;
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
 * @throws for a function that the edge would refuse, and for a policy, function, store or origin that is not there
 */
export function createCdn(options: CdnOptions): Cdn {
  const edge = new Edge(options);
  return {
    handle: (request, response) => {
      request.on('error', () => {});
      response.on('error', () => {});
      void edge
        .answer(request)
        .then((answer) => sendAnswer(request, response, answer))
        .catch((error: Error) => {
          options.log(`CDN: ${request.method} failed: ${error.message}`);
          sendFailure(request, response);
        });
    },
    invalidate: (paths) => edge.source.invalidate(paths),
    get statistics() {
      return { ...edge.source.statistics, originRequests: { ...edge.origins.requests } };
    },
    close: () => edge.origins.close(),
  };
}

const FAILURE: Sendable = refusal(502, 'The request could not be satisfied.');

/** Whatever goes wrong for one viewer ends with that viewer. */
function sendFailure(request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else sendAnswer(request, response, FAILURE);
}
