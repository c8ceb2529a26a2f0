import { urlEndpoint } from '../contract/edge.ts';
import type { Problem } from '../core/kernel/problems.ts';
import { isFromBrowser } from './cross-site.ts';
import type { AnyOperation } from './operation.ts';
import { API_METHODS, MethodNotAllowed } from './routing.ts';

/** Headers that browsers may read; the two names of the request id are the ones that ImageKit's SDKs look for. */
const EXPOSED = 'x-request-id, x-ik-requestid';

export function successAnswer({ answer }: AnyOperation, body: unknown): Response {
  const { status, mediaType, headers = {} } = answer;
  if (status === 204) return new Response(null, { status, headers });
  if (mediaType === undefined) return Response.json(body, { status, headers });
  return new Response(body as string, { status, headers: { ...headers, 'content-type': mediaType } });
}

/** `message` and `help` as ImageKit has them: its SDKs depend on both. `code` is ours; `help` leads to its explanation. */
export function problemAnswer(shown: Problem, request: Request | undefined): Response {
  const { code, message, status } = shown;
  const host = request?.headers.get('host');
  const help = `${host ? urlEndpoint(host) : ''}/docs#${code}`;
  return Response.json({ message, help, code }, { status, headers: problemHeaders(shown, request) });
}

function problemHeaders(shown: Problem, request: Request | undefined): Record<string, string> {
  const { status } = shown;
  const challenges = status === 401 && request !== undefined && !isFromBrowser(request);
  return {
    ...(challenges && { 'www-authenticate': 'Basic realm="private key", charset="UTF-8"' }),
    ...(shown instanceof MethodNotAllowed && { allow: shown.allow }),
    // A conflict does not get better by repetition; without this SDKs try 409 again.
    ...(status === 409 && { 'x-should-retry': 'false' }),
  };
}

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

/** Answers browsers' preflights for every path, known or not, so that their real request gets the real error. */
export function preflightAnswer(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': API_METHODS.join(', '),
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '86400',
    },
  });
}
