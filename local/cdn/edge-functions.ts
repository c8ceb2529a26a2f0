import type { CdnOptions } from './cdn.ts';
import type { Behaviour } from './distribution-config.ts';
import {
  type EdgeAnswer,
  type EdgeRequest,
  type EventContext,
  type Headers,
  readRequestResult,
  readResponseResult,
  requestEvent,
  responseEvent,
} from './functions/events.ts';
import { type EdgeFunction, loadEdgeFunction } from './functions/sandbox.ts';

type Associations = Pick<Behaviour, 'FunctionAssociations'>;

/** The functions of a distribution. One that fails is answered 503 and logged, as at the edge. */
export class EdgeFunctions {
  readonly #functions: ReadonlyMap<string, EdgeFunction>;
  readonly #log: (line: string) => void;

  /** @throws when the edge would refuse a function's code */
  constructor({ functions, keyValueStores, log }: CdnOptions) {
    this.#log = log;
    this.#functions = new Map(
      [...functions].map(([arn, { code, stores }]) => {
        const store = new Map(stores.flatMap((id) => [...(keyValueStores.get(id) ?? [])]));
        return [arn, loadEdgeFunction({ code, store }, arn)] as const;
      }),
    );
  }

  viewerRequest(behaviour: Associations, request: EdgeRequest, context: EventContext, now: Date) {
    const edgeFunction = this.#associated(behaviour, 'viewer-request');
    if (!edgeFunction) return request;
    try {
      return readRequestResult(edgeFunction.run(requestEvent(request, context), request.query, now), request);
    } catch (error) {
      return this.#failure(error as Error);
    }
  }

  viewerResponse(
    behaviour: Associations,
    request: EdgeRequest,
    status: number,
    headers: Headers,
    context: EventContext,
    now: Date,
  ): { readonly status: number; readonly headers: Headers } {
    const edgeFunction = this.#associated(behaviour, 'viewer-response');
    if (!edgeFunction) return { status, headers };
    try {
      return readResponseResult(edgeFunction.run(responseEvent(request, status, headers, context), undefined, now));
    } catch (error) {
      return this.#failure(error as Error);
    }
  }

  #associated({ FunctionAssociations = [] }: Associations, type: string): EdgeFunction | undefined {
    const association = FunctionAssociations.find(({ EventType }) => EventType === type);
    return association && this.#functions.get(association.FunctionARN);
  }

  #failure(error: Error): EdgeAnswer {
    this.#log(`CDN: an edge function failed: ${error.message}`);
    return {
      status: 503,
      headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' },
      body: Buffer.from('The CloudFront function associated with the CloudFront distribution is invalid.\n'),
    };
  }
}
