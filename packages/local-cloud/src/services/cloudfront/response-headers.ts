import { type CorsConfig, corsHeaders } from './cors-headers.ts';
import type { Headers } from './messages.ts';
import type { CacheOutcome } from './object-cache.ts';

/** ResponseHeadersPolicyConfig of AWS::CloudFront::ResponseHeadersPolicy, as far as it is run. */
export interface ResponseHeadersPolicy {
  readonly CorsConfig?: CorsConfig;
  readonly SecurityHeadersConfig?: {
    readonly ContentSecurityPolicy?: { readonly ContentSecurityPolicy: string; readonly Override: boolean };
    readonly ContentTypeOptions?: { readonly Override: boolean };
    readonly FrameOptions?: { readonly FrameOption: string; readonly Override: boolean };
    readonly ReferrerPolicy?: { readonly ReferrerPolicy: string; readonly Override: boolean };
    readonly StrictTransportSecurity?: {
      readonly AccessControlMaxAgeSec: number;
      readonly IncludeSubdomains?: boolean;
      readonly Preload?: boolean;
      readonly Override: boolean;
    };
    readonly XSSProtection?: {
      readonly Protection: boolean;
      readonly ModeBlock?: boolean;
      readonly ReportUri?: string;
      readonly Override: boolean;
    };
  };
  readonly CustomHeadersConfig?: {
    readonly Items: readonly { readonly Header: string; readonly Value: string; readonly Override: boolean }[];
  };
  readonly RemoveHeadersConfig?: { readonly Items: readonly { readonly Header: string }[] };
  readonly ServerTimingHeadersConfig?: { readonly Enabled: boolean; readonly SamplingRate?: number };
}

/** What a policy looks at beside the answer's own headers. */
export interface PolicyContext {
  readonly method: string;
  readonly asked: Headers;
  readonly outcome: CacheOutcome;
  readonly requestId: string;
}

interface PolicyHeader {
  readonly name: string;
  readonly value: string;
  /** Whether it replaces the origin's own. */
  readonly overrides: boolean;
}

/** An answer's headers after the policy (AWS, "Understand response headers policies"). */
export function withPolicy(
  headers: Headers,
  policy: ResponseHeadersPolicy | undefined,
  context: PolicyContext,
): Headers {
  if (!policy) return headers;
  const removed = new Set((policy.RemoveHeadersConfig?.Items ?? []).map(({ Header }) => Header.toLowerCase()));
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !removed.has(name)));
  const added = [...securityHeaders(policy.SecurityHeadersConfig ?? {}), ...customHeaders(policy)]
    .filter(({ name, overrides }) => overrides || kept[name] === undefined)
    .map(({ name, value }) => [name, value]);
  return {
    ...kept,
    ...corsHeaders(kept, policy.CorsConfig, context),
    ...Object.fromEntries(added),
    ...serverTiming(kept['server-timing'], policy, context),
  };
}

function customHeaders({ CustomHeadersConfig: config }: ResponseHeadersPolicy): PolicyHeader[] {
  return (config?.Items ?? []).map(({ Header, Value, Override }) => ({
    name: Header.toLowerCase(),
    value: Value,
    overrides: Override,
  }));
}

function securityHeaders(config: NonNullable<ResponseHeadersPolicy['SecurityHeadersConfig']>): PolicyHeader[] {
  const {
    ContentSecurityPolicy: csp,
    ContentTypeOptions: type,
    FrameOptions: frame,
    ReferrerPolicy: referrer,
  } = config;
  const { StrictTransportSecurity: hsts, XSSProtection: xss } = config;
  const header = (name: string, value: string, { Override }: { readonly Override: boolean }): PolicyHeader => ({
    name,
    value,
    overrides: Override,
  });
  return [
    ...(csp ? [header('content-security-policy', csp.ContentSecurityPolicy, csp)] : []),
    ...(type ? [header('x-content-type-options', 'nosniff', type)] : []),
    ...(frame ? [header('x-frame-options', frame.FrameOption, frame)] : []),
    ...(referrer ? [header('referrer-policy', referrer.ReferrerPolicy, referrer)] : []),
    ...(hsts ? [header('strict-transport-security', transportSecurity(hsts), hsts)] : []),
    ...(xss ? [header('x-xss-protection', crossSiteScripting(xss), xss)] : []),
  ];
}

type SecurityConfig = NonNullable<ResponseHeadersPolicy['SecurityHeadersConfig']>;

function transportSecurity(config: NonNullable<SecurityConfig['StrictTransportSecurity']>): string {
  return [
    `max-age=${config.AccessControlMaxAgeSec}`,
    ...(config.IncludeSubdomains ? ['includeSubDomains'] : []),
    ...(config.Preload ? ['preload'] : []),
  ].join('; ');
}

function crossSiteScripting(config: NonNullable<SecurityConfig['XSSProtection']>): string {
  if (!config.Protection) return '0';
  return [
    '1',
    ...(config.ModeBlock ? ['mode=block'] : []),
    ...(config.ReportUri ? [`report=${config.ReportUri}`] : []),
  ].join('; ');
}

const METRICS = { Hit: 'cdn-cache-hit', Miss: 'cdn-cache-miss', RefreshHit: 'cdn-cache-refresh' } as const;

/** CloudFront's own metrics behind those of the origin, for the share of requests that the policy samples. */
function serverTiming(
  sent: string | undefined,
  { ServerTimingHeadersConfig: config }: ResponseHeadersPolicy,
  { outcome, requestId }: PolicyContext,
): Headers {
  if (!config?.Enabled || Math.random() * 100 >= (config.SamplingRate ?? 0)) return {};
  const layer = outcome === 'Miss' ? [] : ['cdn-hit-layer;desc="EDGE"'];
  const own = [METRICS[outcome], 'cdn-pop;desc="LOCAL"', `cdn-rid;desc="${requestId}"`, ...layer];
  return { 'server-timing': [...(sent ? [sent] : []), ...own].join(', ') };
}
