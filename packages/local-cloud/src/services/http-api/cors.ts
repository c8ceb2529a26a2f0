import { type CorsGrant, corsHeadersOf } from '../../http/cors.ts';

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

/** Headers of the answer to a preflight; none for an origin that is not allowed. */
export function preflightHeaders(cors: CorsConfiguration, origin: string | undefined): Record<string, string> {
  const { AllowMethods: methods, AllowHeaders: headers, MaxAge: maxAgeSeconds } = cors;
  return headersFor(cors, origin, { methods, headers, maxAgeSeconds });
}

/** Headers of every other answer. They replace what the function says ("Configure CORS for HTTP APIs"). */
export function answerHeaders(cors: CorsConfiguration, origin: string | undefined): Record<string, string> {
  return headersFor(cors, origin, { exposed: cors.ExposeHeaders });
}

function headersFor(
  cors: CorsConfiguration,
  origin: string | undefined,
  grant: Omit<CorsGrant, 'origin' | 'credentials'>,
): Record<string, string> {
  if (origin === undefined) return {};
  const allowed = cors.AllowOrigins ?? [];
  if (allowed.includes('*')) return corsHeadersOf({ ...grant, origin: '*' });
  const isAllowed = allowed.some(
    (one) => one === origin || (one.endsWith('//*') && origin.startsWith(one.slice(0, -1))),
  );
  if (!isAllowed) return {};
  return { ...corsHeadersOf({ ...grant, origin, credentials: cors.AllowCredentials }), vary: 'Origin' };
}
