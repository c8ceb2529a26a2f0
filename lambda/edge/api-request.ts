/// <reference path="./cloudfront-functions.d.ts" />
import { urlEndpoint } from '../contract/edge.ts';
import { REQUEST_BODY_BYTES, REQUEST_HEAD_BYTES } from '../contract/limits.ts';

/**
 * Runs before the API: what API Gateway and Lambda would refuse for its size, in words that name no limit, is refused here
 * in ours. A body whose length nobody declared (chunked) is theirs to refuse.
 */
export async function handler(
  event: CloudFrontFunctions.RequestEvent,
): Promise<CloudFrontFunctions.Request | CloudFrontFunctions.Response> {
  const request = event.request;
  const header = (name: string): string => (request.headers[name] || { value: '' }).value;
  const page = `${urlEndpoint(header('host'))}/docs`;
  const head = headBytes(request);
  if (head > REQUEST_HEAD_BYTES) {
    return refusal(
      page,
      431,
      'head.too-large',
      `The address and the headers of a request may have at most ${REQUEST_HEAD_BYTES} bytes together, these have ${head}.`,
    );
  }
  const declared = header('content-length');
  if (Number(declared) > REQUEST_BODY_BYTES) {
    return refusal(
      page,
      413,
      'body.too-large',
      `A request's body may have at most ${REQUEST_BODY_BYTES} bytes, this one has ${declared}. ` +
        'Larger files go in parts, by POST /v1/uploads; examples/large-uploads.mjs does that for the SDKs (docs/large-uploads.md).',
    );
  }
  return request;
}

/** What API Gateway counts: the request line and the values of headers ("Quotas for configuring and running an HTTP API"). */
function headBytes(request: CloudFrontFunctions.Request): number {
  const query = request.rawQueryString();
  return Object.keys(request.headers).reduce(
    (sum, name) => sum + (request.headers[name] as CloudFrontFunctions.Value).value.length,
    request.method.length + request.uri.length + (query ? query.length : 0),
  );
}

/** As the API words its problems; policies of response headers do not touch an answer that is made here. */
function refusal(page: string, status: number, code: string, message: string): CloudFrontFunctions.Response {
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
      data: JSON.stringify({ message: message, help: `${page}#${code}`, code: code }),
    },
  };
}
