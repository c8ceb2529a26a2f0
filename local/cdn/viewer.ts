import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import type { EdgeRequest, Headers } from './functions/events.ts';

/** An answer to a viewer: bytes, or a body that is passed on as it comes. */
export interface Sendable {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer | Readable;
}

/** Bounds of CloudFront (AWS, "Quotas on general limits"). */
const URL_BYTES = 8192;
const HEADER_BYTES = 20_480;

/** The request that a viewer sent, or the refusal of one that CloudFront would not take. */
export function readViewerRequest(message: IncomingMessage): EdgeRequest | Sendable {
  const target = (message.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '') || '/';
  const headerBytes = message.rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
  if (target.length > URL_BYTES) return refusal(414, `A URL may have ${URL_BYTES} bytes.`);
  if (headerBytes > HEADER_BYTES) return refusal(494, `Headers may have ${HEADER_BYTES} bytes.`);
  if (!target.startsWith('/')) return refusal(400, 'The request target must be a path.');
  const mark = target.indexOf('?');
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? undefined : target.slice(mark + 1),
    headers: Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    ),
  };
}

function refusal(status: number, text: string): Sendable {
  return { status, headers: { 'content-type': 'text/plain' }, body: Buffer.from(`${text}\n`) };
}

/** Writes an answer. A viewer that goes away ends nothing but its own connection. */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: Sendable): void {
  request.resume();
  const { status, headers, body } = answer;
  const hasBody = request.method !== 'HEAD' && status !== 204 && status !== 304;
  if (Buffer.isBuffer(body)) {
    response.writeHead(
      status,
      status === 204 || status === 304 ? headers : { 'content-length': body.length, ...headers },
    );
    response.end(hasBody ? body : undefined);
    return;
  }
  response.writeHead(status, headers);
  if (hasBody) pipeline(body, response, () => {});
  else {
    body.destroy();
    response.end();
  }
}
