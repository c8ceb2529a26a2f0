import { isIP } from 'node:net';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { FORWARDED_ADDRESS_HEADER } from '../../contract/cdn-in-front.ts';
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
    // The first is sent to origins only where the edge sets it.
    address:
      readAddress(event.headers[FORWARDED_ADDRESS_HEADER]) ??
      readAddress(withoutPort(event.headers[VIEWER_ADDRESS_HEADER])),
    asked: asked === '' ? undefined : { host: host.join('.'), ...split(asked, mark < 0 ? asked.length : mark) },
  };
}

const withoutPort = (header = ''): string => header.replace(/:\d+$/, '');

const readAddress = (address = ''): string | undefined => (isIP(address) ? address : undefined);

const split = (asked: string, mark: number) => ({ path: asked.slice(0, mark), query: asked.slice(mark + 1) });
