import type { ServerResponse } from 'node:http';

/** A signal that is aborted when the client closes its connection before the answer is sent. */
export function clientGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}
