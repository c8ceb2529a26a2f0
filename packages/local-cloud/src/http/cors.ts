/**
 * What a service's rules allow an origin. Who gets which grant is each service's own: API Gateway, CloudFront and S3
 * define patterns, defaults and refusals differently.
 */
export interface CorsGrant {
  /** An origin, or `*`. */
  readonly origin: string;
  readonly methods?: readonly string[] | undefined;
  readonly headers?: readonly string[] | undefined;
  readonly exposed?: readonly string[] | undefined;
  readonly maxAgeSeconds?: number | undefined;
  readonly credentials?: boolean | undefined;
}

/** Whether a browser asks what it may send before it sends it (Fetch standard, "CORS-preflight request"). */
export function isPreflight(method: string | undefined, headers: Readonly<Record<string, unknown>>): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}

/** The response headers of a grant (Fetch standard, "HTTP responses"). A list without members is left out. */
export function corsHeadersOf(grant: CorsGrant): Record<string, string> {
  const { origin, methods = [], headers = [], exposed = [], maxAgeSeconds, credentials } = grant;
  return {
    'access-control-allow-origin': origin,
    ...(methods.length > 0 && { 'access-control-allow-methods': methods.join(', ') }),
    ...(headers.length > 0 && { 'access-control-allow-headers': headers.join(', ') }),
    ...(exposed.length > 0 && { 'access-control-expose-headers': exposed.join(', ') }),
    ...(maxAgeSeconds !== undefined && { 'access-control-max-age': String(maxAgeSeconds) }),
    ...(credentials && { 'access-control-allow-credentials': 'true' }),
  };
}
