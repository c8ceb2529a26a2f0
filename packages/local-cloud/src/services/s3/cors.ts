import { type CorsGrant, corsHeadersOf } from '../../http/cors.ts';
import type { Headers } from './body/body-checks.ts';
import type { CorsRule } from './configuration.ts';
import { s3Error } from './errors.ts';

/**
 * The headers that let a browser read an answer, from the first rule that allows origin and method; none when no rule
 * does (S3 user guide, "How does Amazon S3 evaluate the CORS configuration on a bucket").
 */
export function corsHeaders(rules: readonly CorsRule[], method: string, headers: Headers): Record<string, string> {
  const { origin } = headers;
  const rule = origin === undefined ? undefined : rules.find((candidate) => allows(candidate, origin, method, []));
  return rule && origin !== undefined ? grant(rule, origin) : {};
}

/** The answer's headers to a preflight. @throws S3Error AccessDenied when no rule allows it */
export function preflightHeaders(rules: readonly CorsRule[], headers: Headers): Record<string, string> {
  const { origin, 'access-control-request-method': method, 'access-control-request-headers': asked } = headers;
  if (!origin || !method) throw s3Error('BadRequest', 'Insufficient information. Origin request header needed.');
  const names = (asked ?? '').split(',').flatMap((name) => name.trim().toLowerCase() || []);
  const rule = rules.find((candidate) => allows(candidate, origin, method, names));
  if (!rule) throw s3Error('AccessDenied', 'CORSResponse: This CORS request is not allowed.');
  return grant(rule, origin, { headers: names, maxAgeSeconds: rule.maxAgeSeconds });
}

function allows(rule: CorsRule, origin: string, method: string, names: readonly string[]): boolean {
  return (
    rule.allowedMethods.includes(method) &&
    rule.allowedOrigins.some((pattern) => matches(pattern, origin)) &&
    names.every((name) => rule.allowedHeaders?.some((pattern) => matches(pattern.toLowerCase(), name)))
  );
}

function grant(rule: CorsRule, origin: string, preflight?: Pick<CorsGrant, 'headers' | 'maxAgeSeconds'>) {
  const anyone = rule.allowedOrigins.find((pattern) => matches(pattern, origin)) === '*';
  return {
    ...corsHeadersOf({
      ...preflight,
      origin: anyone ? '*' : origin,
      methods: rule.allowedMethods,
      exposed: rule.exposedHeaders,
      credentials: !anyone,
    }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

/** A pattern with at most one '*', as S3 allows. */
function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  const [start, end] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}
