import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { splitUrl } from '../../http/request-url.ts';

/** The parts of an event that the request does not say. */
export interface EventOrigin {
  readonly accountId: string;
  readonly apiId: string;
  readonly routeKey: string;
  readonly stage: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly authorizer?: Readonly<Record<string, unknown>>;
  /**
   * How `rawPath` is given: HTTP APIs decode it (and lose what follows a decoded question mark), Function URLs hand it
   * over as it was sent.
   */
  readonly path: 'decoded' | 'as-sent';
  readonly now: Date;
}

/** An event of payload format 2.0 ("Working with AWS Lambda proxy integrations for HTTP APIs"). */
export interface HttpEvent {
  readonly version: '2.0';
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly requestContext: Readonly<Record<string, unknown>>;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

/**
 * The request as the JSON text of an `HttpEvent`. Base64 has nothing that JSON escapes, so a body in it is put between the
 * text of the other members: to write it as a part of them would look at each of its characters and copy all of them twice.
 */
export function toEventPayload(request: IncomingMessage, body: Buffer, origin: EventOrigin): Buffer {
  const event = withoutBody(request, origin);
  const isText = isTextType(event.headers['content-type']) && isUtf8(body);
  if (body.length === 0) return jsonBytes({ ...event, isBase64Encoded: false });
  if (isText) return jsonBytes({ ...event, body: body.toString(), isBase64Encoded: false });
  return withBase64(JSON.stringify({ ...event, isBase64Encoded: true }), body);
}

const jsonBytes = (event: HttpEvent): Buffer => Buffer.from(JSON.stringify(event));

/** Bytes that are encoded at once, a multiple of three: a text of megabytes would make V8 collect garbage for each body. */
const ENCODED_AT_ONCE = 24_576;

/** @param event JSON text of an object with members */
function withBase64(event: string, body: Buffer): Buffer {
  const before = `${event.slice(0, -1)},"body":"`;
  const payload = Buffer.allocUnsafe(Buffer.byteLength(before) + Math.ceil(body.length / 3) * 4 + 2);
  let end = payload.write(before);
  for (let from = 0; from < body.length; from += ENCODED_AT_ONCE) {
    end += payload.write(body.toString('base64', from, from + ENCODED_AT_ONCE), end, 'latin1');
  }
  payload.write('"}', end, 'latin1');
  return payload;
}

function withoutBody(request: IncomingMessage, origin: EventOrigin): Omit<HttpEvent, 'body' | 'isBase64Encoded'> {
  const { path: sentPath, query } = splitUrl(request.url ?? '/');
  const rawPath = origin.path === 'decoded' ? decodePath(sentPath) : sentPath;
  const headers = eventHeaders(request);
  return {
    version: '2.0',
    routeKey: origin.routeKey,
    rawPath,
    rawQueryString: query,
    ...(request.headers.cookie && { cookies: request.headers.cookie.split(/;\s*/) }),
    headers,
    ...(query && { queryStringParameters: joinedParameters(query) }),
    ...(origin.pathParameters && { pathParameters: origin.pathParameters }),
    requestContext: requestContext(request, origin, rawPath),
  };
}

/** Percent-decodes a path; one that is no valid encoding stays as it is. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path).split('?')[0] ?? '';
  } catch {
    return path;
  }
}

/** Names in lower case, repeated ones joined by commas; cookies are in their own member of the event. */
function eventHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (name !== 'cookie' && values) headers[name] = values.join(',');
  }
  const forwarded = headers['x-forwarded-for'];
  headers['x-forwarded-for'] = forwarded ? `${forwarded}, ${sourceIp(request)}` : sourceIp(request);
  headers['x-forwarded-port'] ??= String(request.socket.localPort ?? '');
  headers['x-forwarded-proto'] ??= 'http';
  headers['x-amzn-trace-id'] ??= `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomHex()}`;
  return headers;
}

function requestContext(request: IncomingMessage, origin: EventOrigin, path: string): Record<string, unknown> {
  const domainName = request.headers.host ?? '';
  return {
    accountId: origin.accountId,
    apiId: origin.apiId,
    ...(origin.authorizer && { authorizer: origin.authorizer }),
    domainName,
    domainPrefix: domainName.split('.')[0],
    http: {
      method: request.method,
      path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: sourceIp(request),
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey: origin.routeKey,
    stage: origin.stage,
    time: commonLogTime(origin.now),
    timeEpoch: origin.now.getTime(),
  };
}

/** Values of a repeated parameter are joined by commas. */
function joinedParameters(query: string): Record<string, string> {
  const parameters: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(query)) {
    parameters[name] = name in parameters ? `${parameters[name]},${value}` : value;
  }
  return parameters;
}

function sourceIp(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
}

/** What AWS hands over as text; every other body is base64. */
function isTextType(contentType: string | undefined): boolean {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return /^text\/|^application\/(json|xml|javascript|x-www-form-urlencoded)$|\+(json|xml)$/.test(type);
}

/** `12/Mar/2026:19:03:58 +0000` */
function commonLogTime(date: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) (\S+)/.exec(date.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

function randomHex(): string {
  return randomUUID().replaceAll('-', '').slice(0, 24);
}
