import { EXPOSED_HEADERS } from '../contract/exposed-headers.ts';

const EXPOSED = EXPOSED_HEADERS.join(', ');

/**
 * The headers of every answer. Scripts of other sites may read answers, but a browser adds no credentials that it remembers
 * to a request whose answer `*` opens (Fetch standard, "CORS protocol and credentials"): they must send a key themselves.
 */
export function completed(answer: Response, requestId: string): Response {
  const headers = new Headers({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': EXPOSED,
  });
  for (const [name, value] of answer.headers) {
    if (name === 'set-cookie') headers.append(name, value);
    else headers.set(name, value);
  }
  headers.set('x-request-id', requestId);
  headers.set('x-ik-requestid', requestId);
  return new Response(answer.body, { status: answer.status, headers });
}
