import type { ServerResponse } from 'node:http';

/** A function's answer of payload format 2.0, read. */
export interface HttpAnswer {
  readonly statusCode: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/** Connection headers (RFC 9110, 7.6.1) are the server's own business, and so is the length of a body. */
const NOT_FORWARDED = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Reads a function's JSON answer: with a `statusCode` it is a response, and anything else is the body of a 200.
 * @param untypedBody content type of a response that names none
 * @returns undefined when it has the form of a response and a member of the wrong type; AWS answers a 5xx then
 */
export function readAnswer(payload: Buffer, untypedBody: string): HttpAnswer | undefined {
  const value: unknown = payload.length === 0 ? null : parse(payload);
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) return wholeBody(value, payload);
  const {
    statusCode,
    headers = {},
    cookies = [],
    body = '',
    isBase64Encoded = false,
  } = value as Record<string, unknown>;
  const isValid =
    isStatus(statusCode) &&
    isHeaders(headers ?? {}) &&
    Array.isArray(cookies ?? []) &&
    typeof (body ?? '') === 'string' &&
    typeof isBase64Encoded === 'boolean';
  if (!isValid) return undefined;
  return {
    statusCode: Number(statusCode),
    headers: {
      ...(body !== '' && { 'content-type': untypedBody }),
      ...lowerCaseNames((headers ?? {}) as Record<string, unknown>),
    },
    cookies: ((cookies ?? []) as unknown[]).map(String),
    body: Buffer.from((body ?? '') as string, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

/** Writes an answer whose body is complete. */
export function writeAnswer(response: ServerResponse, answer: HttpAnswer): void {
  const hasBody = response.req.method !== 'HEAD' && answer.statusCode !== 204 && answer.statusCode !== 304;
  const length = hasBody ? { 'content-length': String(answer.body.length) } : {};
  response.writeHead(answer.statusCode, { ...forwarded(answer.headers), ...setCookie(answer.cookies), ...length });
  response.end(answer.body);
}

/** A refusal of AWS itself. */
export function writeJson(
  response: ServerResponse,
  statusCode: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(JSON.stringify(value));
  writeAnswer(response, { statusCode, headers: { 'content-type': 'application/json', ...headers }, cookies: [], body });
}

/** What of a function's headers is sent on. */
export function forwarded(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_FORWARDED.has(name)));
}

export function setCookie(cookies: readonly string[]): { 'set-cookie'?: string[] } {
  return cookies.length > 0 ? { 'set-cookie': [...cookies] } : {};
}

function wholeBody(value: unknown, payload: Buffer): HttpAnswer {
  const body = typeof value === 'string' ? Buffer.from(value) : payload;
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, cookies: [], body };
}

function parse(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
}

function isStatus(value: unknown): boolean {
  const status = typeof value === 'string' ? Number(value) : value;
  return Number.isInteger(status) && (status as number) >= 200 && (status as number) <= 599;
}

function isHeaders(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((held) => ['string', 'number', 'boolean'].includes(typeof held));
}

function lowerCaseNames(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
