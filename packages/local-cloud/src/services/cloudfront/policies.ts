import type { EdgeRequest, Headers } from './messages.ts';

/** CachePolicyConfig of AWS::CloudFront::CachePolicy, as far as it is run. */
export interface CachePolicy {
  readonly MinTTL: number;
  readonly DefaultTTL?: number;
  readonly MaxTTL?: number;
  readonly ParametersInCacheKeyAndForwardedToOrigin: Selection & Encodings;
}

interface Encodings {
  readonly EnableAcceptEncodingBrotli?: boolean;
  readonly EnableAcceptEncodingGzip?: boolean;
}

/** OriginRequestPolicyConfig of AWS::CloudFront::OriginRequestPolicy, as far as it is run. */
export type OriginRequestPolicy = Selection;

interface Selection {
  readonly HeadersConfig: { readonly HeaderBehavior: string; readonly Headers?: readonly string[] };
  readonly QueryStringsConfig: { readonly QueryStringBehavior: string; readonly QueryStrings?: readonly string[] };
  readonly CookiesConfig?: { readonly CookieBehavior: string };
}

/** Managed policy "CachingDisabled". */
const CACHING_DISABLED: CachePolicy = {
  MinTTL: 0,
  DefaultTTL: 0,
  MaxTTL: 0,
  ParametersInCacheKeyAndForwardedToOrigin: {
    HeadersConfig: { HeaderBehavior: 'none' },
    QueryStringsConfig: { QueryStringBehavior: 'none' },
  },
};

/** Managed policy "CachingOptimized". */
const CACHING_OPTIMIZED: CachePolicy = {
  MinTTL: 1,
  DefaultTTL: 86_400,
  MaxTTL: 31_536_000,
  ParametersInCacheKeyAndForwardedToOrigin: {
    ...CACHING_DISABLED.ParametersInCacheKeyAndForwardedToOrigin,
    EnableAcceptEncodingBrotli: true,
    EnableAcceptEncodingGzip: true,
  },
};

/** Managed policy "AllViewerExceptHostHeader". */
const ALL_VIEWER_EXCEPT_HOST: OriginRequestPolicy = {
  HeadersConfig: { HeaderBehavior: 'allExcept', Headers: ['host'] },
  QueryStringsConfig: { QueryStringBehavior: 'all' },
  CookiesConfig: { CookieBehavior: 'all' },
};

export const MANAGED_ORIGIN_REQUEST_POLICIES: ReadonlyMap<string, OriginRequestPolicy> = new Map([
  ['b689b0a8-53d0-40ab-baf2-68738e2966ac', ALL_VIEWER_EXCEPT_HOST],
]);

export const MANAGED_CACHE_POLICIES: ReadonlyMap<string, CachePolicy> = new Map([
  ['4135ea2d-6df8-44a3-9df3-4b5a84be39ad', CACHING_DISABLED],
  ['658327ea-f89d-4fab-a63d-7e88639e58f6', CACHING_OPTIMIZED],
]);

/** What distinguishes cached objects: path, and what the policy includes. */
export function cacheKey(request: EdgeRequest, policy: CachePolicy): string {
  const { ParametersInCacheKeyAndForwardedToOrigin: key } = policy;
  const headers = { ...selectedHeaders(request, key), ...normalEncodings(request, key) };
  return JSON.stringify([request.path, selectedQuery(request, key), Object.entries(headers)]);
}

/** Query and headers that the origin gets: those of the cache key, and those of the origin request policy. */
export function forwarded(
  request: EdgeRequest,
  cachePolicy: CachePolicy,
  originPolicy: OriginRequestPolicy | undefined,
): { readonly query: string; readonly headers: Headers } {
  const key = cachePolicy.ParametersInCacheKeyAndForwardedToOrigin;
  const selections = [key, ...(originPolicy ? [originPolicy] : [])];
  const chosen = (item: string): boolean =>
    selections.some((selection) => selectsItem(selection.QueryStringsConfig, item));
  return {
    query: (request.query ?? '').split('&').filter(chosen).join('&'),
    headers: Object.assign(
      {},
      ...selections.map((selection) => selectedHeaders(request, selection)),
      normalEncodings(request, key),
    ),
  };
}

/** Of what the viewer accepts, what the policy takes, always in this order (AWS, "Serve compressed files"). */
function normalEncodings({ headers }: EdgeRequest, policy: Encodings): Headers {
  const accepted = (headers['accept-encoding'] ?? '').split(',').map((coding) => coding.trim());
  const taken = [
    ...(policy.EnableAcceptEncodingBrotli && accepted.includes('br') ? ['br'] : []),
    ...(policy.EnableAcceptEncodingGzip && accepted.includes('gzip') ? ['gzip'] : []),
  ];
  return taken.length > 0 ? { 'accept-encoding': taken.join(',') } : {};
}

function selectedQuery({ query = '' }: EdgeRequest, { QueryStringsConfig: config }: Selection): string {
  return query
    .split('&')
    .filter((item) => selectsItem(config, item))
    .join('&');
}

function selectsItem(config: Selection['QueryStringsConfig'], item: string): boolean {
  if (config.QueryStringBehavior === 'all') return true;
  if (config.QueryStringBehavior !== 'whitelist') return false;
  return config.QueryStrings?.includes(item.split('=', 1)[0] ?? '') ?? false;
}

/** Headers that say something about one connection (RFC 9110, section 7.6.1). */
const BETWEEN_NEIGHBOURS = [
  ...['connection', 'expect', 'keep-alive', 'proxy-authorization', 'proxy-connection', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade'],
];

function selectedHeaders({ headers }: EdgeRequest, { HeadersConfig: config }: Selection): Headers {
  const names = (config.Headers ?? []).map((name) => name.toLowerCase());
  if (config.HeaderBehavior === 'allExcept') {
    const left = [...names, ...BETWEEN_NEIGHBOURS];
    return Object.fromEntries(Object.entries(headers).filter(([name]) => !left.includes(name)));
  }
  if (config.HeaderBehavior !== 'whitelist') return {};
  return Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
}
