import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientGone } from '../../http/client-gone.ts';
import type { CdnOptions } from './cdn-options.ts';
import { Edge } from './edge.ts';
import { refusal, type Sendable, sendAnswer } from './viewer.ts';

export interface CdnStatistics {
  readonly hits: number;
  readonly misses: number;
  /** Requests to each origin. */
  readonly originRequests: Readonly<Record<string, number>>;
}

export interface Cdn {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** @param items as CreateInvalidation takes them: `#tag`, or a path, where a star at the end stands for anything */
  invalidate(items: readonly string[]): void;
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
      options.countTraffic?.(request, response);
      void edge
        .answer(request, clientGone(response))
        .then((answer) => sendAnswer(request, response, answer))
        .catch((error: Error) => {
          options.log(`CDN: ${request.method} failed: ${error.message}`);
          sendFailure(request, response);
        });
    },
    invalidate: (items) => edge.source.invalidate(items),
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
