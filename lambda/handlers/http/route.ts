import { problem } from '../../core/kernel/problems.ts';

/** Decoded path segments, by the names that the route gives them. */
export type PathParameters = Readonly<Record<string, string>>;

/** One operation of the API. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Segments as they are, or `:name` for one that stands for a parameter: `/v1/files/:fileId`. */
  readonly path: string;
  readonly handle: (request: Request, parameters: PathParameters) => Promise<Response>;
}

interface Candidate {
  readonly route: Route;
  readonly parameters: PathParameters;
}

/**
 * Answers a request by the table of routes. A trailing slash means nothing: older ImageKit SDKs send one. A segment that
 * is written out comes before one that stands for a parameter (`/v1/files/purge` before `/v1/files/:fileId`). Browsers'
 * preflights are answered for every path, known or not, so that their real request gets the real error.
 * @throws route.unknown or method.not-allowed
 */
export async function route(routes: readonly Route[], request: Request): Promise<Response> {
  if (request.method === 'OPTIONS') return preflight();
  const path = new URL(request.url).pathname.replace(/(.)\/+$/, '$1');
  const candidates = fewestParameters(routes.flatMap((one) => match(one, path)));
  if (candidates.length === 0) throw problem('route.unknown', `The API has no path "${path.slice(0, 200)}".`);
  const found = candidates.find((candidate) => candidate.route.method === request.method);
  if (found) return found.route.handle(request, found.parameters);
  throw problem(
    'method.not-allowed',
    `"${path.slice(0, 200)}" allows ${candidates.map((candidate) => candidate.route.method).join(', ')}.`,
  );
}

function match(one: Route, path: string): Candidate[] {
  const wanted = one.path.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return [];
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (!segment.startsWith(':')) {
      if (segment !== value) return [];
      continue;
    }
    const decoded = decode(value);
    if (!decoded) return [];
    parameters[segment.slice(1)] = decoded;
  }
  return [{ route: one, parameters }];
}

/** Undefined for what is no escaped UTF-8. */
function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function fewestParameters(candidates: readonly Candidate[]): readonly Candidate[] {
  const count = ({ parameters }: Candidate) => Object.keys(parameters).length;
  const fewest = Math.min(...candidates.map(count));
  return candidates.filter((candidate) => count(candidate) === fewest);
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
