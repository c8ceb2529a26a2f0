import { corsHeadersOf, isPreflight } from '../../http/cors.ts';
import type { Headers } from './messages.ts';

/** CorsConfig of AWS::CloudFront::ResponseHeadersPolicy. */
export interface CorsConfig {
  readonly AccessControlAllowCredentials: boolean;
  readonly AccessControlAllowHeaders: { readonly Items: readonly string[] };
  readonly AccessControlAllowMethods: { readonly Items: readonly string[] };
  readonly AccessControlAllowOrigins: { readonly Items: readonly string[] };
  readonly AccessControlExposeHeaders?: { readonly Items: readonly string[] };
  readonly AccessControlMaxAgeSec?: number;
  readonly OriginOverride: boolean;
}

const ALL_METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

/**
 * The headers that CloudFront adds to answers of CORS requests, which are those with an `Origin` header (AWS,
 * "ResponseHeadersPolicyCorsConfig"). Preflights get all of them; the origin answers preflights itself.
 */
export function corsHeaders(
  headers: Headers,
  config: CorsConfig | undefined,
  { method, asked }: { readonly method: string; readonly asked: Headers },
): Headers {
  const allowed = config && asked.origin !== undefined ? allowedOrigin(asked.origin, config) : undefined;
  if (!config || allowed === undefined) return {};
  if (!config.OriginOverride && headers['access-control-allow-origin'] !== undefined) return {};
  const methods = config.AccessControlAllowMethods.Items;
  return {
    ...corsHeadersOf({
      origin: allowed,
      exposed: config.AccessControlExposeHeaders?.Items,
      credentials: config.AccessControlAllowCredentials,
      ...(isPreflight(method, asked) && {
        methods: methods.includes('ALL') ? ALL_METHODS : methods,
        headers: config.AccessControlAllowHeaders.Items,
        maxAgeSeconds: config.AccessControlMaxAgeSec,
      }),
    }),
    ...(allowed !== '*' && { vary: [headers.vary, 'Origin'].filter(Boolean).join(', ') }),
  };
}

/** `*` alone allows everyone; in a name it stands for any part of it. */
function allowedOrigin(origin: string, { AccessControlAllowOrigins: { Items } }: CorsConfig): string | undefined {
  if (Items.includes('*')) return '*';
  const host = origin.replace(/^https?:\/\//, '');
  return Items.some((pattern) => fits(pattern, pattern.includes('://') ? origin : host)) ? origin : undefined;
}

function fits(pattern: string, text: string): boolean {
  const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
  return new RegExp(`^${expression}$`, 'i').test(text);
}
