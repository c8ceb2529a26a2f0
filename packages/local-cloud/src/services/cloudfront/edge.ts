import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { WebAclVerdict } from '../waf/web-acl.ts';
import type { CdnOptions } from './cdn-options.ts';
import { portionOf } from './conditional.ts';
import {
  type Behaviour,
  behaviourFinder,
  behavioursOf,
  type DistributionConfig,
  errorSecondsOf,
  originsOf,
} from './distribution-config.ts';
import { EdgeFunctions } from './edge-functions.ts';
import type { EventContext } from './functions/events.ts';
import { knownHosts } from './known-hosts.ts';
import type { EdgeAnswer, EdgeRequest, Headers } from './messages.ts';
import { type Found, ObjectSource } from './object-source.ts';
import { Origins, type Route, VIA } from './origins.ts';
import {
  type CachePolicy,
  MANAGED_CACHE_POLICIES,
  MANAGED_ORIGIN_REQUEST_POLICIES,
  type OriginRequestPolicy,
} from './policies.ts';
import { type ResponseHeadersPolicy, withPolicy } from './response-headers.ts';
import { readViewerRequest, refusal, type Sendable } from './viewer.ts';
import { withViewerHeaders } from './viewer-headers.ts';

/** A behaviour with everything that it names. */
interface Resolved {
  readonly behaviour: Behaviour;
  readonly methods: readonly string[];
  readonly route: Route;
  readonly responseHeaders: ResponseHeadersPolicy | undefined;
}

/** One distribution: what happens to a request, step by step. */
export class Edge {
  readonly source: ObjectSource;
  readonly origins: Origins;
  readonly #options: CdnOptions;
  readonly #functions: EdgeFunctions;
  readonly #find: (path: string) => Behaviour;
  readonly #resolved: ReadonlyMap<Behaviour, Resolved>;
  readonly #knowsHost: (hostHeader: string | undefined) => boolean;
  readonly #rootObject: string;
  readonly #now: () => Date;

  /** @throws for what the distribution names and nobody knows, and for a function that the edge would refuse */
  constructor(options: CdnOptions) {
    const config = options.distribution as unknown as DistributionConfig;
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
    this.#functions = new EdgeFunctions(options);
    this.#find = behaviourFinder(config);
    this.#knowsHost = knownHosts(config.Aliases ?? []);
    this.#rootObject = config.DefaultRootObject ?? '';
    const { origins: targets, log, cacheBytes, isCut } = options;
    this.origins = new Origins({ distribution: config, targets, now: this.#now, log, isCut });
    this.source = new ObjectSource({
      origins: this.origins,
      errorSeconds: errorSecondsOf(config),
      now: this.#now,
      tagHeader: config.CacheTagConfig?.HeaderName.toLowerCase(),
      ...(cacheBytes !== undefined && { cacheBytes }),
    });
    this.#resolved = new Map(behavioursOf(config).map((behaviour) => [behaviour, this.#resolve(behaviour)]));
  }

  /** @param gone aborted when the viewer goes away */
  async answer(message: IncomingMessage, gone?: AbortSignal): Promise<Sendable> {
    const requestId = randomUUID();
    const answer = await this.#answer(message, requestId, gone);
    return { ...answer, headers: { ...answer.headers, via: VIA, 'x-amz-cf-pop': 'LOCAL', 'x-amz-cf-id': requestId } };
  }

  async #answer(message: IncomingMessage, requestId: string, gone: AbortSignal | undefined): Promise<Sendable> {
    const asked = readViewerRequest(message);
    if ('status' in asked) return asked;
    if (!this.#knowsHost(asked.headers.host)) return refusal(403, 'The distribution does not have this host name.');
    const viewerIp = (message.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const verdict = this.#verdict(asked, viewerIp);
    if (verdict?.action === 'block') return blocked(verdict);
    const resolved = this.#resolved.get(this.#find(asked.path));
    if (!resolved?.methods.includes(asked.method)) return refusal(403, 'This distribution does not allow the method.');
    const context = { distributionId: this.#options.distributionId, requestId, viewerIp };
    const { viewerCountry: country, viewerAddress: address } = this.#options;
    const located = withViewerHeaders(asked, { country, address }, resolved.route);
    const request = this.#functions.viewerRequest(resolved.behaviour, located, context, this.#now());
    if ('status' in request) return generated(request);
    const { origins = resolved.route.origins } = request;
    const route = { ...resolved.route, origins };
    const found = await this.source.find({
      request: request.path === '/' ? { ...request, path: `/${this.#rootObject}` } : request,
      requestId,
      route,
      askedPath: asked.path,
      ...(gone && { gone }),
    });
    const seen = this.#options.viewerResponseSees === 'rewritten' ? request : asked;
    return this.#finish(resolved, { request, seen }, found, context);
  }

  #verdict({ method, path, query = '', headers }: EdgeRequest, ip: string): WebAclVerdict | undefined {
    const { webAcl, viewerCountry } = this.#options;
    const country = viewerCountry === undefined ? {} : { country: viewerCountry };
    return webAcl?.decide({ ip, method, uri: path, query, headers, ...country });
  }

  async #finish(
    { behaviour, route, responseHeaders }: Resolved,
    { request, seen }: { readonly request: EdgeRequest; readonly seen: EdgeRequest },
    found: Found,
    context: EventContext,
  ): Promise<Sendable> {
    const portion = await portionOf(request, found);
    const { outcome, age } = found;
    const setCookies = (forwardsCookies(route) && found.setCookies) || [];
    const { status, body } = portion;
    const { method, headers: asked } = request;
    const aged = age === undefined ? portion.headers : { ...portion.headers, age: String(age) };
    const headers = withPolicy(aged, responseHeaders, { method, asked, outcome, requestId: context.requestId });
    if (status >= 400) {
      const told = withCookies({ headers, setCookies });
      return { status, headers: { ...told, 'x-cache': 'Error from cloudfront' }, body };
    }
    const answer = this.#functions.viewerResponse(behaviour, seen, status, headers, context, this.#now());
    if ('outcome' in answer) {
      if (!Buffer.isBuffer(body)) body.discard();
      return generated(answer);
    }
    const cookies = [...setCookies, ...answer.setCookies];
    const framed = withFraming(withCookies({ ...answer, setCookies: cookies }), portion.headers);
    return { status: answer.status, headers: { ...framed, 'x-cache': `${outcome} from cloudfront` }, body };
  }

  #resolve(behaviour: Behaviour): Resolved {
    const { cachePolicies, originRequestPolicies, responseHeadersPolicies } = this.#options;
    const { CachePolicyId, OriginRequestPolicyId, ResponseHeadersPolicyId, TargetOriginId, AllowedMethods } = behaviour;
    const cachePolicy =
      MANAGED_CACHE_POLICIES.get(CachePolicyId) ?? known<CachePolicy>(cachePolicies, CachePolicyId, 'cache policy');
    this.#functions.check(behaviour);
    const origins = originsOf(this.#options.distribution as unknown as DistributionConfig, TargetOriginId);
    this.origins.check(origins);
    return {
      behaviour,
      methods: AllowedMethods ?? ['GET', 'HEAD'],
      route: {
        origins,
        cachePolicy,
        originPolicy:
          MANAGED_ORIGIN_REQUEST_POLICIES.get(OriginRequestPolicyId ?? '') ??
          optional<OriginRequestPolicy>(originRequestPolicies, OriginRequestPolicyId, 'origin request policy'),
      },
      responseHeaders: optional(responseHeadersPolicies, ResponseHeadersPolicyId, 'response headers policy'),
    };
  }
}

type Policies = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

function known<T>(policies: Policies, id: string, what: string): T {
  const policy = policies.get(id);
  if (!policy) throw new Error(`There is no ${what} ${id}.`);
  return policy as T;
}

function optional<T>(policies: Policies, id: string | undefined, what: string): T | undefined {
  return id === undefined ? undefined : known<T>(policies, id, what);
}

/** What says where a body ends: the CDN's business, whatever a function makes of it. */
const FRAMING = ['content-length', 'content-range', 'transfer-encoding'];

function withFraming(headers: Sendable['headers'], framing: Headers): Sendable['headers'] {
  const others = Object.entries(headers).filter(([name]) => !FRAMING.includes(name));
  const own = Object.entries(framing).filter(([name]) => FRAMING.includes(name));
  return Object.fromEntries([...others, ...own]);
}

/** An origin that gets no cookies sets none (AWS, "Cache content based on cookies"). */
function forwardsCookies({ originPolicy }: Route): boolean {
  return originPolicy?.CookiesConfig?.CookieBehavior === 'all';
}

function withCookies({ headers, setCookies }: Pick<EdgeAnswer, 'headers' | 'setCookies'>): Sendable['headers'] {
  return setCookies.length > 0 ? { ...headers, 'set-cookie': setCookies } : headers;
}

/** What a function answers itself, or its failure; neither policy nor viewer-response function touch it. */
function generated(answer: EdgeAnswer & { readonly outcome?: string }): Sendable {
  const outcome = answer.outcome ?? 'FunctionGeneratedResponse';
  const framed = withFraming(withCookies(answer), {});
  return { status: answer.status, headers: { ...framed, 'x-cache': `${outcome} from cloudfront` }, body: answer.body };
}

function blocked({ status, body, headers }: Extract<WebAclVerdict, { action: 'block' }>): Sendable {
  const refused = refusal(status, 'Request blocked.', headers);
  return body === undefined ? refused : { ...refused, body: Buffer.from(body) };
}
