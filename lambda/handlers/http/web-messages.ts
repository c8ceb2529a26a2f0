import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { API_METHODS, MethodNotAllowed } from '../../api/routing.ts';

/** What is read of an event. */
type HttpEvent = Pick<APIGatewayProxyEventV2, 'rawPath' | 'rawQueryString' | 'headers'> &
  Partial<Pick<APIGatewayProxyEventV2, 'cookies' | 'body' | 'isBase64Encoded'>> & {
    readonly requestContext: { readonly http: { readonly method: string } };
  };

/**
 * An HTTP API event (payload format 2.0) as a web request.
 * @param host that people call, for links and to tell the pages of this host from others; never taken from a header that
 * a client could set, and not from the one that API Gateway sets, where a distribution is before it. @default API Gateway's
 * @throws method.not-allowed for the methods that a web request cannot have (Fetch standard, "forbidden method")
 */
export function toRequest(event: HttpEvent, host?: string): Request {
  const { method } = event.requestContext.http;
  if (/^(connect|trace|track)$/i.test(method)) {
    throw new MethodNotAllowed(`The API does not know ${method}.`, API_METHODS);
  }
  const query = event.rawQueryString ? `?${event.rawQueryString}` : '';
  const body = event.body === undefined ? null : Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  return new Request(`https://api.invalid${event.rawPath}${query}`, {
    method,
    headers: sendable({ ...event.headers, ...cookieOf(event), ...(host !== undefined && { host }) }),
    body: method === 'GET' || method === 'HEAD' || body === null ? null : inOnePiece(body),
    duplex: 'half',
  });
}

/** A body as it is: a request copies bytes that it is given, and once more when they are read. */
function inOnePiece(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}

/** Payload format 2.0 has cookies in a list of their own (AWS, "Working with AWS Lambda proxy integrations for HTTP APIs"). */
const cookieOf = ({ cookies }: HttpEvent) => cookies && { cookie: cookies.join('; ') };

/** Without what HTTP does not allow in a header (RFC 9110, section 5): a client's odd header is no fault of ours. */
function sendable(headers: HttpEvent['headers']): [string, string][] {
  return Object.entries(headers).filter(
    (entry): entry is [string, string] =>
      /^[\w!#$%&'*+.^`|~-]+$/.test(entry[0]) && /^[\t\x20-\x7e\x80-\xff]*$/.test(entry[1] ?? '\0'),
  );
}

/** A web response as an HTTP API result: what is compressed as base64, everything else is text. */
export async function toResult(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  const { 'set-cookie': _, ...headers } = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie();
  const isBase64Encoded = response.headers.has('content-encoding');
  return {
    statusCode: response.status,
    headers,
    ...(isBase64Encoded
      ? { body: Buffer.from(await response.arrayBuffer()).toString('base64'), isBase64Encoded }
      : { body: await response.text() }),
    ...(cookies.length > 0 && { cookies }),
  };
}
