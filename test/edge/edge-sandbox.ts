import { createHash, createHmac } from 'node:crypto';
import { type EdgeFunction, loadEdgeFunction, type OriginChoice } from 'local-cloud/edge-functions';
import { bundleEdgeFunction } from '../../lib/bundling/bundle-edge-function.ts';
import type { EdgeBuild } from '../../lib/bundling/code-source.ts';
import { ROOT } from '../architecture/sources.ts';

/** What the viewer-request function gives back: a request, or an answer when it has a status. */
export interface Outcome {
  readonly uri?: string;
  readonly querystring?: object;
  readonly headers: Record<string, { value: string }>;
  readonly statusCode?: number;
  readonly body?: { data: string };
}

const SURROUNDINGS = { viewer: { ip: '192.0.2.1' }, context: { distributionDomainName: 'd1.cloudfront.net' } };

/** The function as shipped, with the settings that its store has. @param build @default for a deployment of one region */
export function loadViewerRequest(settings: Record<string, string>, build?: EdgeBuild): EdgeFunction {
  const code = bundleEdgeFunction(ROOT, 'viewer-request', build);
  return loadEdgeFunction({ code, store: new Map(Object.entries(settings)) }, 'viewer-request');
}

/** @param origins takes what the function chooses among those that it has. @default there are none */
export function runViewerRequest(
  edge: EdgeFunction,
  path: string,
  query: string | undefined,
  { headers = {} as Record<string, string>, method = 'GET', now = new Date() } = {},
  origins?: OriginChoice,
): Outcome {
  const values = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
  const request = { method, uri: path, querystring: {}, headers: values, cookies: {} };
  return edge.run({ request, ...SURROUNDINGS }, query, now, origins) as Outcome;
}

/** What is in the header that the transformer reads. */
export function handedOn(headers: Outcome['headers']): { url: string; hints: string; host: string } {
  const [url = '', hints = '', ...host] = (headers['x-vitrine-url']?.value ?? '').split('.');
  return { url: Buffer.from(url, 'base64').toString(), hints, host: host.join('.') };
}

export interface EvaluationOptions {
  readonly onRead?: () => void;
  readonly onOrigins?: (ids: readonly string[]) => void;
  readonly isMultiRegion?: boolean;
}

/**
 * The function as shipped, evaluated here instead of in the sandbox, whose guards cost far more than the function: for
 * very many calls.
 * @param now milliseconds since 1970, at every call
 * @param more onRead is called at each read of the settings, onOrigins with the ids of the origins that are grouped
 */
export function evaluateViewerRequest(
  settings: Readonly<Record<string, string>>,
  now: number,
  { onRead = () => {}, onOrigins = () => {}, isMultiRegion = false }: EvaluationOptions = {},
) {
  const code = bundleEdgeFunction(ROOT, 'viewer-request', { isMultiRegion }).replace(
    /^import\s*([\w$]+)\s*from\s*"cloudfront";/,
    'const $1 = cloudfront;',
  );
  const store = new Map(Object.entries(settings));
  const cloudfront = {
    createRequestOriginGroup: ({ originIds }: { readonly originIds: readonly { readonly originId: string }[] }) =>
      onOrigins(originIds.map(({ originId }) => originId)),
    kvs: () => ({
      exists: async (key: string) => {
        onRead();
        return store.has(key);
      },
      get: async (key: string) => {
        onRead();
        return store.get(key);
      },
    }),
  };
  const handler = new Function('cloudfront', 'require', 'Date', `${code};return handler`)(
    cloudfront,
    () => ({ createHash, createHmac }),
    { now: () => now },
  ) as (event: object) => Promise<Outcome>;
  return (path: string, query: string, headers: Record<string, { value: string }>): Promise<Outcome> =>
    handler({
      request: { method: 'GET', uri: path, querystring: {}, headers, rawQueryString: () => query || undefined },
      ...SURROUNDINGS,
    });
}
