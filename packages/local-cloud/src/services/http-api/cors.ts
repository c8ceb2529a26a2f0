import type { IncomingMessage } from 'node:http';

/** CorsConfiguration of AWS::ApiGatewayV2::Api. */
export interface CorsConfiguration {
  readonly AllowOrigins?: readonly string[];
  readonly AllowMethods?: readonly string[];
  readonly AllowHeaders?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
  /** Seconds. */
  readonly MaxAge?: number;
  readonly AllowCredentials?: boolean;
}

/** Whether a browser asks what it may do before it does it. An API with a CORS configuration answers that itself. */
export function isPreflight(request: IncomingMessage): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.headers.origin !== undefined &&
    request.headers['access-control-request-method'] !== undefined
  );
}

/** Headers of the answer to a preflight; none for an origin that is not allowed. */
export function preflightHeaders(cors: CorsConfiguration, origin: string | undefined): Record<string, string> {
  const headers = originHeaders(cors, origin);
  if (Object.keys(headers).length === 0) return headers;
  return {
    ...headers,
    ...list('access-control-allow-methods', cors.AllowMethods),
    ...list('access-control-allow-headers', cors.AllowHeaders),
    ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
  };
}

/** Headers of every other answer. They replace what the function says ("Configure CORS for HTTP APIs"). */
export function answerHeaders(cors: CorsConfiguration, origin: string | undefined): Record<string, string> {
  const headers = originHeaders(cors, origin);
  if (Object.keys(headers).length === 0) return headers;
  return { ...headers, ...list('access-control-expose-headers', cors.ExposeHeaders) };
}

function originHeaders(cors: CorsConfiguration, origin: string | undefined): Record<string, string> {
  if (origin === undefined) return {};
  const allowed = cors.AllowOrigins ?? [];
  if (allowed.includes('*')) return { 'access-control-allow-origin': '*' };
  const isAllowed = allowed.some(
    (one) => one === origin || (one.endsWith('//*') && origin.startsWith(one.slice(0, -1))),
  );
  if (!isAllowed) return {};
  return {
    'access-control-allow-origin': origin,
    vary: 'Origin',
    ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
  };
}

function list(name: string, values: readonly string[] | undefined): Record<string, string> {
  return values && values.length > 0 ? { [name]: values.join(',') } : {};
}
