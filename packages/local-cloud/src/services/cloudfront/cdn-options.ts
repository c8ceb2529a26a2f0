import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ViewerResponseReading } from '../../viewer-response-reading.ts';
import type { WebAcl } from '../waf/web-acl.ts';
import type { EdgeFunctionsOptions } from './edge-functions.ts';
import type { OriginTarget } from './origin-client.ts';

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
  /** Every viewer is taken to have it where origins are told. @default nobody knows */
  readonly viewerAddress?: string | undefined;
  /** The request that a viewer-response function is given. @default 'viewer' */
  readonly viewerResponseSees?: ViewerResponseReading | undefined;
  /** Regions that nobody reaches. @default none */
  readonly isCut?: ((region: string) => boolean) | undefined;
  /** Sees every request and its answer. @default nobody counts */
  readonly countTraffic?: (request: IncomingMessage, response: ServerResponse) => void;
  /** @default the clock */
  readonly now?: () => Date;
  /** Memory for cached objects. @default 256 MB */
  readonly cacheBytes?: number;
}
