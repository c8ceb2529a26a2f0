import { problem } from '../../core/errors.ts';

/** One operation of the API. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly handle: (request: Request) => Promise<Response>;
}

/**
 * Answers a request by the table of routes. A trailing slash means nothing: older ImageKit SDKs send one. Browsers'
 * preflights are answered for every path, known or not, so that their real request gets the real error.
 * @throws route.unknown or method.not-allowed
 */
export async function route(routes: readonly Route[], request: Request): Promise<Response> {
  if (request.method === 'OPTIONS') return preflight();
  const path = new URL(request.url).pathname.replace(/(.)\/+$/, '$1');
  const candidates = routes.filter((candidate) => candidate.path === path);
  if (candidates.length === 0) throw problem('route.unknown', `The API has no path "${path.slice(0, 200)}".`);
  const found = candidates.find((candidate) => candidate.method === request.method);
  if (found) return found.handle(request);
  throw problem(
    'method.not-allowed',
    `"${path}" may be called with ${candidates.map(({ method }) => method).join(', ')}.`,
  );
}

function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '86400',
    },
  });
}
