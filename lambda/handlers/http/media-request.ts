import { isIP } from 'node:net';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { MEDIA_URL_HEADER, VIEWER_ADDRESS_HEADER } from '../../contract/edge.ts';
import type { MediaRequest } from '../../core/delivery/deliver-image.ts';
import { parseHints } from '../../core/request/client-hints.ts';

/** A Function URL event as a media request. The viewer's own URL is in the header that the edge always sets. */
export function readMediaRequest(event: LambdaFunctionURLEvent): MediaRequest {
  const [url = '', hints = '', ...host] = (event.headers[MEDIA_URL_HEADER] ?? '').split('.');
  const asked = Buffer.from(url, 'base64').toString('latin1');
  const mark = asked.indexOf('?');
  return {
    method: event.requestContext.http.method,
    path: event.rawPath,
    hints: parseHints(hints),
    address: readAddress(event.headers[VIEWER_ADDRESS_HEADER]),
    asked: asked === '' ? undefined : { host: host.join('.'), ...split(asked, mark < 0 ? asked.length : mark) },
  };
}

/** Without the port that follows it. */
function readAddress(header = ''): string | undefined {
  const address = header.replace(/:\d+$/, '');
  return isIP(address) ? address : undefined;
}

const split = (asked: string, mark: number) => ({ path: asked.slice(0, mark), query: asked.slice(mark + 1) });
