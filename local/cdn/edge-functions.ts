import type { Behaviour } from './distribution-config.ts';
import { type EventContext, requestEvent, responseEvent } from './functions/events.ts';
import { InvalidResult, readRequestResult, readResponseResult } from './functions/read-result.ts';
import { type EdgeFunction, loadEdgeFunction } from './functions/sandbox.ts';
import { checkStore } from './key-value-store.ts';
import type { EdgeAnswer, EdgeRequest, Headers } from './messages.ts';

export interface EdgeFunctionsOptions {
  /** Functions by ARN, with the ids of their KeyValueStores. */
  readonly functions: ReadonlyMap<string, { readonly code: string; readonly stores: readonly string[] }>;
  readonly keyValueStores: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly log: (line: string) => void;
}

/** How CloudFront answers for a function that failed; `outcome` is the word of the `x-cache` header. */
export interface FunctionFailure extends EdgeAnswer {
  readonly outcome: 'FunctionExecutionError' | 'FunctionValidationError';
}

type Associations = Pick<Behaviour, 'FunctionAssociations'>;

/** The functions of a distribution. One that fails is answered with an error and logged, as at the edge. */
export class EdgeFunctions {
  readonly #functions: ReadonlyMap<string, EdgeFunction>;
  readonly #log: (line: string) => void;

  /** @throws when the edge would refuse a function's code or its store */
  constructor({ functions, keyValueStores, log }: EdgeFunctionsOptions) {
    this.#log = log;
    for (const [id, store] of keyValueStores) checkStore(id, store);
    this.#functions = new Map(
      [...functions].map(([arn, { code, stores }]) => {
        const [id, ...more] = stores;
        if (more.length > 0) throw new Error(`The edge function ${arn} has more than one key value store.`);
        const store = id === undefined ? undefined : keyValueStores.get(id);
        if (id !== undefined && !store) throw new Error(`There is no key value store ${id}.`);
        const name = arn.split('/').at(-1) ?? arn;
        const logLine = (line: string): void => log(`CDN: ${name}: ${line}`);
        return [arn, loadEdgeFunction({ code, ...(store && { store }) }, name, logLine)] as const;
      }),
    );
  }

  /** @throws for a function that is not there or an event that is not run */
  check({ FunctionAssociations = [] }: Associations): void {
    for (const { FunctionARN } of FunctionAssociations) {
      if (!this.#functions.has(FunctionARN)) throw new Error(`There is no edge function ${FunctionARN}.`);
    }
  }

  viewerRequest(
    behaviour: Associations,
    request: EdgeRequest,
    context: EventContext,
    now: Date,
  ): EdgeRequest | EdgeAnswer | FunctionFailure {
    const edgeFunction = this.#associated(behaviour, 'viewer-request');
    if (!edgeFunction) return request;
    return this.#guarded(() =>
      readRequestResult(edgeFunction.run(requestEvent(request, context), request.query, now), request),
    );
  }

  viewerResponse(
    behaviour: Associations,
    request: EdgeRequest,
    status: number,
    headers: Headers,
    context: EventContext,
    now: Date,
  ): Omit<EdgeAnswer, 'body'> | FunctionFailure {
    const edgeFunction = this.#associated(behaviour, 'viewer-response');
    if (!edgeFunction) return { status, headers, setCookies: [] };
    return this.#guarded(() => {
      const event = responseEvent(request, status, headers, context);
      return readResponseResult(edgeFunction.run(event, request.query, now), headers);
    });
  }

  #associated({ FunctionAssociations = [] }: Associations, type: string): EdgeFunction | undefined {
    const association = FunctionAssociations.find(({ EventType }) => EventType === type);
    return association && this.#functions.get(association.FunctionARN);
  }

  #guarded<T>(run: () => T): T | FunctionFailure {
    try {
      return run();
    } catch (error) {
      this.#log(`CDN: an edge function failed: ${(error as Error).message}`);
      return error instanceof InvalidResult ? INVALID_RESULT : FAILED;
    }
  }
}

const failure = (status: number, outcome: FunctionFailure['outcome'], text: string): FunctionFailure => ({
  status,
  outcome,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  setCookies: [],
  body: Buffer.from(`${text}\n`),
});

/** AWS, "HTTP 503 status code (Service Unavailable)". */
const FAILED = failure(
  503,
  'FunctionExecutionError',
  'The CloudFront function associated with the CloudFront distribution is invalid or could not run.',
);

/** AWS, "HTTP 502 status code (Bad Gateway)". */
const INVALID_RESULT = failure(502, 'FunctionValidationError', 'The CloudFront function returned an invalid value.');
