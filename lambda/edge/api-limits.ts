/// <reference path="./cloudfront-functions.d.ts" />
import { urlEndpoint } from '../contract/edge.ts';
import { REQUEST_BODY_BYTES, REQUEST_HEAD_BYTES } from '../contract/limits.ts';

type Request = CloudFrontFunctions.Request;
type Refusal = CloudFrontFunctions.Response | undefined;

export const headerOf = (request: Request, name: string): string => (request.headers[name] || { value: '' }).value;

/** What API Gateway would refuse for its address and headers, in words that name no limit. */
export function refuseHead(request: Request): Refusal {
  const head = headBytes(request);
  if (head <= REQUEST_HEAD_BYTES) return undefined;
  return refusal(
    request,
    431,
    'head.too-large',
    `The address and the headers of a request may have at most ${REQUEST_HEAD_BYTES} bytes together, these have ${head}.`,
  );
}

/** What Lambda would refuse for its body. One whose length nobody declared (chunked) is its to refuse. */
export function refuseBody(request: Request): Refusal {
  const declared = headerOf(request, 'content-length');
  if (!(Number(declared) > REQUEST_BODY_BYTES)) return undefined;
  return refusal(
    request,
    413,
    'body.too-large',
    `A request's body may have at most ${REQUEST_BODY_BYTES} bytes, this one has ${declared}. ` +
      'Larger files go in parts, by POST /v1/uploads; examples/large-uploads.mjs does that for the SDKs (docs/large-uploads.md).',
  );
}

/** What API Gateway counts: the request line and the values of headers ("Quotas for configuring and running an HTTP API"). */
function headBytes(request: Request): number {
  const query = request.rawQueryString();
  return Object.keys(request.headers).reduce(
    (sum, name) => sum + (request.headers[name] as CloudFrontFunctions.Value).value.length,
    request.method.length + request.uri.length + (query ? query.length : 0),
  );
}

/** As the API words its problems; policies of response headers do not touch an answer that is made here. */
function refusal(request: Request, status: number, code: string, message: string): CloudFrontFunctions.Response {
  return {
    statusCode: status,
    headers: {
      'content-type': { value: 'application/json' },
      'cache-control': { value: 'no-store' },
      'access-control-allow-origin': { value: '*' },
      'x-content-type-options': { value: 'nosniff' },
    },
    body: {
      encoding: 'text',
      data: JSON.stringify({
        message: message,
        help: `${urlEndpoint(headerOf(request, 'host'))}/docs#${code}`,
        code: code,
      }),
    },
  };
}
