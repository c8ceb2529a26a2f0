import type { Headers } from './functions/events.ts';

/** ResponseHeadersPolicyConfig of AWS::CloudFront::ResponseHeadersPolicy, as far as it is run. */
export interface ResponseHeadersPolicy {
  readonly CorsConfig?: {
    readonly AccessControlAllowOrigins: { readonly Items: readonly string[] };
    readonly AccessControlExposeHeaders?: { readonly Items: readonly string[] };
    readonly OriginOverride: boolean;
  };
  readonly SecurityHeadersConfig?: {
    readonly ContentSecurityPolicy?: { readonly ContentSecurityPolicy: string };
    readonly ContentTypeOptions?: object;
    readonly StrictTransportSecurity?: {
      readonly AccessControlMaxAgeSec: number;
      readonly IncludeSubdomains?: boolean;
      readonly Preload?: boolean;
    };
  };
  readonly CustomHeadersConfig?: { readonly Items: readonly { readonly Header: string; readonly Value: string }[] };
  readonly RemoveHeadersConfig?: { readonly Items: readonly { readonly Header: string }[] };
  readonly ServerTimingHeadersConfig?: { readonly Enabled: boolean; readonly SamplingRate?: number };
}

/** An answer's headers after the policy (AWS, "Understand response headers policies"). */
export function withPolicy(headers: Headers, policy: ResponseHeadersPolicy | undefined, isHit: boolean): Headers {
  if (!policy) return headers;
  const removed = (policy.RemoveHeadersConfig?.Items ?? []).map(({ Header }) => Header.toLowerCase());
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !removed.includes(name)));
  return {
    ...kept,
    ...corsHeaders(policy.CorsConfig),
    ...securityHeaders(policy.SecurityHeadersConfig ?? {}),
    ...Object.fromEntries(
      (policy.CustomHeadersConfig?.Items ?? []).map(({ Header, Value }) => [Header.toLowerCase(), Value]),
    ),
    ...serverTiming(kept['server-timing'], policy, isHit),
  };
}

function corsHeaders(config: ResponseHeadersPolicy['CorsConfig']): Headers {
  if (!config) return {};
  return {
    'access-control-allow-origin': config.AccessControlAllowOrigins.Items.join(', '),
    ...(config.AccessControlExposeHeaders && {
      'access-control-expose-headers': config.AccessControlExposeHeaders.Items.join(', '),
    }),
  };
}

function securityHeaders(config: NonNullable<ResponseHeadersPolicy['SecurityHeadersConfig']>): Headers {
  const { ContentSecurityPolicy: csp, ContentTypeOptions: type, StrictTransportSecurity: hsts } = config;
  return {
    ...(csp && { 'content-security-policy': csp.ContentSecurityPolicy }),
    ...(type && { 'x-content-type-options': 'nosniff' }),
    ...(hsts && {
      'strict-transport-security': [
        `max-age=${hsts.AccessControlMaxAgeSec}`,
        ...(hsts.IncludeSubdomains ? ['includeSubDomains'] : []),
        ...(hsts.Preload ? ['preload'] : []),
      ].join('; '),
    }),
  };
}

/** Every answer is sampled here, whatever the rate: one machine has few. */
function serverTiming(sent: string | undefined, policy: ResponseHeadersPolicy, isHit: boolean): Headers {
  if (!policy.ServerTimingHeadersConfig?.Enabled) return {};
  const own = isHit
    ? 'cdn-cache-hit, cdn-pop;desc="LOCAL", cdn-hit-layer;desc="EDGE"'
    : 'cdn-cache-miss, cdn-pop;desc="LOCAL"';
  return { 'server-timing': sent ? `${sent}, ${own}` : own };
}
