import { checkStore } from '../key-value-store/store-limits.ts';
import type { Behaviour } from './distribution-config.ts';
import { type EdgeFunction, loadEdgeFunction } from './functions/edge-function.ts';
import { type EventContext, requestEvent, responseEvent } from './functions/events.ts';
import { OriginChoice } from './functions/origin-choice.ts';
import { InvalidResult, readRequestResult, readResponseResult } from './functions/read-result.ts';
import type { EdgeAnswer, EdgeRequest, Headers } from './messages.ts';

export interface EdgeFunctionsOptions {
  /** Functions by ARN, with the ids of their KeyValueStores. */
  readonly functions: ReadonlyMap<string, { readonly code: string; readonly stores: readonly string[] }>;
  /** By ARN, as they are at the moment of asking; a store that has changed is another object. */
  readonly keyValueStores: Pick<ReadonlyMap<string, ReadonlyMap<string, string>>, 'get'>;
  /** By the ids of the distribution's origins. @default a function may choose none */
  readonly origins?: ReadonlyMap<string, unknown>;
  readonly log: (line: string) => void;
}

/** How CloudFront answers for a function that failed; `outcome` is the word of the `x-cache` header. */
export interface FunctionFailure extends EdgeAnswer {
  readonly outcome: 'FunctionExecutionError' | 'FunctionValidationError';
}

type Associations = Pick<Behaviour, 'FunctionAssociations'>;

/** A function with the content of its store at the time when it was loaded. */
interface Loaded {
  readonly run: EdgeFunction;
  readonly content: ReadonlyMap<string, string> | undefined;
}

/** The functions of a distribution. One that fails is answered with an error and logged, as at the edge. */
export class EdgeFunctions {
  readonly #options: EdgeFunctionsOptions;
  readonly #loaded: Map<string, Loaded>;
  readonly #log: (line: string) => void;
  readonly #origins: ReadonlySet<string>;

  /** @throws when the edge would refuse a function's code or its store */
  constructor(options: EdgeFunctionsOptions) {
    this.#options = options;
    this.#log = options.log;
    this.#origins = new Set(options.origins?.keys());
    this.#loaded = new Map([...options.functions.keys()].map((arn) => [arn, this.#load(arn)]));
  }

  #load(arn: string): Loaded {
    const { code = '' } = this.#options.functions.get(arn) ?? {};
    const content = this.#storeOf(arn);
    const name = arn.split('/').at(-1) ?? arn;
    const logLine = (line: string): void => this.#log(`CDN: ${name}: ${line}`);
    const run = loadEdgeFunction({ code, ...(content && { store: content }) }, name, logLine);
    return { run, content };
  }

  #storeOf(arn: string): ReadonlyMap<string, string> | undefined {
    const [id, ...more] = this.#options.functions.get(arn)?.stores ?? [];
    if (more.length > 0) throw new Error(`The edge function ${arn} has more than one key value store.`);
    if (id === undefined) return undefined;
    const content = this.#options.keyValueStores.get(id);
    if (!content) throw new Error(`There is no key value store ${id}.`);
    if (content !== this.#loaded?.get(arn)?.content) checkStore(id, content);
    return content;
  }

  /** @throws for a function that is not there or an event that is not run */
  check({ FunctionAssociations = [] }: Associations): void {
    for (const { FunctionARN } of FunctionAssociations) {
      if (!this.#loaded.has(FunctionARN)) throw new Error(`There is no edge function ${FunctionARN}.`);
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
    return this.#guarded(() => {
      const choice = new OriginChoice(this.#origins);
      const event = requestEvent(request, context);
      const read = readRequestResult(edgeFunction.run(event, request.query, now, choice), request);
      return choice.chosen === undefined || 'status' in read ? read : { ...read, origins: choice.chosen };
    });
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
    if (!association) return undefined;
    const arn = association.FunctionARN;
    const loaded = this.#loaded.get(arn);
    if (!loaded || loaded.content === this.#storeOf(arn)) return loaded?.run;
    // The store has changed: the function sees its new content from now on.
    const anew = this.#load(arn);
    this.#loaded.set(arn, anew);
    return anew.run;
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
