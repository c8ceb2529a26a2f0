import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import type { EdgeRequest, Headers } from './messages.ts';
import type { SharedBody } from './shared-body.ts';

/** An answer to a viewer: bytes, or a body that is passed on as it comes. */
export interface Sendable {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | SharedBody;
}

/** Bounds of CloudFront (AWS, "Quotas on general limits"). */
const URL_BYTES = 8192;
const HEADER_BYTES = 20_480;

/** The request that a viewer sent, or the refusal of one that CloudFront would not take. */
export function readViewerRequest(message: IncomingMessage): EdgeRequest | Sendable {
  const target = (message.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '') || '/';
  const headerBytes = message.rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
  if (target.length > URL_BYTES) return refusal(414, `A URL may have at most ${URL_BYTES} bytes.`);
  if (claimsBody(message) && !mayHaveBody(message)) return refusal(403, 'A GET request may not have a body.');
  if (headerBytes > HEADER_BYTES) return refusal(494, `Headers may have at most ${HEADER_BYTES} bytes.`);
  if (!/^\/[^#]*$/.test(target)) return refusal(400, 'The request target must be a path, with or without a query.');
  const mark = target.indexOf('?');
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? undefined : target.slice(mark + 1),
    headers: plainHeaders(message),
    ...(claimsBody(message) && { body: message }),
  };
}

function plainHeaders(message: IncomingMessage): Headers {
  return Object.fromEntries(
    Object.entries(message.headersDistinct).map(([name, values = []]) => [
      name,
      // RFC 6265, section 5.4: cookies of several lines are one list.
      values.join(name === 'cookie' ? '; ' : ', '),
    ]),
  );
}

/** AWS, "Request and response behavior for custom origins", "GET requests that include a body": 403. An origin would wait for it. */
const mayHaveBody = ({ method }: IncomingMessage): boolean => method !== 'GET' && method !== 'HEAD';

const claimsBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** An answer that CloudFront makes itself. */
export function refusal(status: number, text: string, headers: Headers = {}): Sendable {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-cache': 'Error from cloudfront', ...headers },
    body: Buffer.from(`${text}\n`),
  };
}

/**
 * Writes an answer. A viewer that goes away ends nothing but its own connection.
 * @throws for a header that cannot be sent
 */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: Sendable): void {
  const { status, headers, body } = answer;
  request.resume();
  try {
    if (response.headersSent || response.destroyed) return;
    const isBare = request.method === 'HEAD' || status === 204 || status === 304;
    const hasLength = Buffer.isBuffer(body) && status !== 204 && status !== 304;
    const framing = hasLength ? { 'content-length': String(body.length) } : {};
    response.writeHead(status, { ...framing, ...headers } as Record<string, string | string[]>);
    if (isBare) response.end();
    else if (Buffer.isBuffer(body)) response.end(body);
    else pipeline(body.open(), response, () => {});
  } finally {
    // What nobody reads now, nobody will.
    if (!Buffer.isBuffer(body)) body.discard();
  }
}
