import { Readable } from 'node:stream';
import type { DistributionConfig, Origin } from './distribution-config.ts';
import type { OriginTurns } from './functions/origin-choice.ts';
import type { EdgeRequest, Headers } from './messages.ts';
import { type OriginAnswer, OriginClient, type OriginTarget, OriginTimeout } from './origin-client.ts';
import { type CachePolicy, forwarded, type OriginRequestPolicy } from './policies.ts';

/** Where a behaviour's objects come from. */
export interface Route {
  readonly origins: OriginTurns;
  readonly cachePolicy: CachePolicy;
  readonly originPolicy: OriginRequestPolicy | undefined;
}

export interface OriginsOptions {
  readonly distribution: DistributionConfig;
  readonly targets: ReadonlyMap<string, OriginTarget>;
  readonly now: () => Date;
  readonly log: (line: string) => void;
  /** @default none */
  readonly isCut?: ((region: string) => boolean) | undefined;
}

/** CloudFront's name of itself towards viewers and origins. */
export const VIA = '1.1 local.cloudfront.net (CloudFront)';

/** Methods after which the second origin of a group may be asked (AWS, "Origin failover"). */
const FAILOVER_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Headers that belong to a body and go with it, whatever the policies say. */
const BODY_HEADERS = ['content-length', 'content-type', 'content-encoding', 'x-amz-content-sha256'];

/** OriginReadTimeout when the template says nothing. */
const READ_SECONDS = 30;

/** The origins of a distribution, singly or in groups. */
export class Origins {
  readonly requests: Record<string, number> = {};
  readonly #options: OriginsOptions;
  readonly #client = new OriginClient();
  readonly #configurations: ReadonlyMap<string, Origin>;

  constructor(options: OriginsOptions) {
    this.#options = options;
    this.#configurations = new Map((options.distribution.Origins ?? []).map((origin) => [origin.Id, origin]));
  }

  /** @throws for a behaviour whose origin or group has no place on this machine */
  check({ ids }: OriginTurns): void {
    for (const id of ids) {
      if (!this.#options.targets.has(id)) throw new Error(`The origin ${id} has no place on this machine.`);
    }
  }

  /**
   * Asks the origins in turn: a status of the failover list lets the next one try. An origin that cannot be reached
   * counts as 502, one that is silent as 504.
   * @param more conditions or a range of CloudFront's own
   */
  async ask(
    request: EdgeRequest,
    requestId: string,
    route: Route,
    more: Headers,
    gone?: AbortSignal,
  ): Promise<OriginAnswer> {
    const { ids, failoverOn } = route.origins;
    const mayFailOver = FAILOVER_METHODS.includes(request.method);
    for (const id of mayFailOver ? ids.slice(0, -1) : []) {
      const answer = await this.#askOne(id, request, requestId, route, more, gone);
      if (!failoverOn.includes(answer.status)) return answer;
      answer.body.resume();
    }
    return this.#askOne((mayFailOver ? ids.at(-1) : ids[0]) ?? '', request, requestId, route, more, gone);
  }

  close(): void {
    this.#client.close();
  }

  async #askOne(
    id: string,
    request: EdgeRequest,
    requestId: string,
    { cachePolicy, originPolicy }: Route,
    more: Headers,
    gone: AbortSignal | undefined,
  ): Promise<OriginAnswer> {
    const { targets, now, log } = this.#options;
    const target = targets.get(id);
    if (!target) throw new Error(`The origin ${id} has no place on this machine.`);
    this.requests[id] = (this.requests[id] ?? 0) + 1;
    const configuration = this.#configurations.get(id);
    const { query, headers } = forwarded(request, cachePolicy, originPolicy);
    const sent = {
      method: request.method,
      path: `${configuration?.OriginPath ?? ''}${request.path}`,
      query,
      headers: { ...headers, ...bodyHeaders(request), ...more, ...ownHeaders(requestId, configuration, headers) },
      body: request.body,
      patience: readSeconds(configuration) * 1000,
      gone,
    };
    try {
      if (target.region && this.#options.isCut?.(target.region))
        throw new Error(`connect ECONNREFUSED: ${target.region} is cut off`);
      return await this.#client.send(target, sent, now());
    } catch (error) {
      // Given up by us, so it says nothing of the origin: no answer that could be kept for others.
      if (gone?.aborted) throw error;
      if (error instanceof URIError) return madeHere(400, 'The path is malformed.');
      log(`CDN: origin ${id}: ${(error as Error).message}`);
      return error instanceof OriginTimeout
        ? madeHere(504, 'The origin did not answer in time.')
        : madeHere(502, 'The origin could not be reached.');
    }
  }
}

function ownHeaders(requestId: string, configuration: Origin | undefined, { 'user-agent': agent }: Headers): Headers {
  const custom = (configuration?.OriginCustomHeaders ?? []).map(
    ({ HeaderName, HeaderValue }) => [HeaderName.toLowerCase(), HeaderValue] as const,
  );
  return {
    ...Object.fromEntries(custom),
    via: VIA,
    'user-agent': agent ?? 'Amazon CloudFront',
    'x-amz-cf-id': requestId,
  };
}

function bodyHeaders({ body, headers }: EdgeRequest): Headers {
  if (!body) return {};
  const names = BODY_HEADERS.filter((name) => headers[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, headers[name] ?? '']));
}

function readSeconds(configuration: Origin | undefined): number {
  const { CustomOriginConfig: custom, S3OriginConfig: s3 } = configuration ?? {};
  return custom?.OriginReadTimeout ?? s3?.OriginReadTimeout ?? READ_SECONDS;
}

function madeHere(status: number, text: string): OriginAnswer {
  const body = Buffer.from(`${text}\n`);
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'content-length': String(body.length) },
    body: Readable.from([body]),
  };
}
