/** A route's key: `GET /path/{name}`, `ANY /{proxy+}` or `$default`. */
export interface Route {
  readonly routeKey: string;
}

export interface RouteMatch<R extends Route> {
  readonly route: R;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
}

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable' | 'greedy'; readonly name: string };

interface CompiledRoute<R extends Route> {
  readonly route: R;
  readonly method: string;
  readonly segments: readonly Segment[];
}

/**
 * Selects routes as an HTTP API does ("Routes for HTTP APIs in API Gateway"): the most specific one of those that fit
 * method and path, `$default` when none does.
 * @throws when two routes have one key, or a key has no such form
 */
export class RouteTable<R extends Route> {
  readonly #routes: readonly CompiledRoute<R>[];
  readonly #default: R | undefined;

  constructor(routes: readonly R[]) {
    const keys = new Set(routes.map((route) => route.routeKey));
    if (keys.size < routes.length) throw new Error('Two routes of an HTTP API have the same key.');
    this.#default = routes.find((route) => route.routeKey === '$default');
    this.#routes = routes
      .filter((route) => route !== this.#default)
      .map(compile)
      .sort(bySpecificity);
  }

  /** @param path as it was sent, percent-encoded; parameters come out decoded */
  match(method: string, path: string): RouteMatch<R> | undefined {
    const segments = path.slice(1).split('/');
    for (const compiled of this.#routes) {
      if (compiled.method !== 'ANY' && compiled.method !== method) continue;
      const parameters = matchSegments(compiled.segments, segments);
      if (!parameters) continue;
      const pathParameters = Object.keys(parameters).length > 0 ? parameters : undefined;
      return { route: compiled.route, pathParameters };
    }
    return this.#default && { route: this.#default, pathParameters: undefined };
  }
}

function compile<R extends Route>(route: R): CompiledRoute<R> {
  const [, method, path] = /^([A-Z]+) \/(.*)$/.exec(route.routeKey) ?? [];
  if (method === undefined || path === undefined) throw new Error(`"${route.routeKey}" is no route of an HTTP API.`);
  const segments = path.split('/').map(compileSegment);
  if (segments.slice(0, -1).some((segment) => segment.kind === 'greedy')) {
    throw new Error(`"${route.routeKey}" has a greedy variable before its end.`);
  }
  return { route, method, segments };
}

function compileSegment(text: string): Segment {
  const [, name, plus] = /^\{([^{}+]+)(\+?)\}$/.exec(text) ?? [];
  if (name === undefined) return { kind: 'literal', text };
  return { kind: plus ? 'greedy' : 'variable', name };
}

function matchSegments(pattern: readonly Segment[], path: readonly string[]): Record<string, string> | undefined {
  const last = pattern.at(-1);
  if (last?.kind === 'greedy' ? path.length < pattern.length : path.length !== pattern.length) return undefined;
  const parameters: Record<string, string> = Object.create(null);
  for (const [index, segment] of pattern.entries()) {
    const given = path[index] ?? '';
    if (segment.kind === 'literal') {
      if (given !== segment.text) return undefined;
      continue;
    }
    const value = segment.kind === 'greedy' ? path.slice(index).join('/') : given;
    if (value === '') return undefined;
    parameters[segment.name] = decode(value);
  }
  return parameters;
}

const RANK = { literal: 0, variable: 1, greedy: 2 } as const;

/** From the left a literal goes before a variable, a variable before the rest of the path; at the end a method before ANY. */
function bySpecificity(a: CompiledRoute<Route>, b: CompiledRoute<Route>): number {
  for (let index = 0; index < Math.max(a.segments.length, b.segments.length); index++) {
    const first = a.segments[index];
    const second = b.segments[index];
    if (!first || !second) return first ? -1 : 1;
    if (first.kind !== second.kind) return RANK[first.kind] - RANK[second.kind];
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
