import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** An HTTP API event (payload format 2.0) as a web request. The host does not matter and is not taken from the client. */
export function toRequest(event: APIGatewayProxyEventV2): Request {
  const { method } = event.requestContext.http;
  const query = event.rawQueryString ? `?${event.rawQueryString}` : '';
  const headers = Object.entries(event.headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const body = event.body === undefined ? null : Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  return new Request(`https://api.invalid${event.rawPath}${query}`, {
    method,
    headers,
    body: method === 'GET' || method === 'HEAD' ? null : body,
  });
}

/** A web response with a text body as an HTTP API result. */
export async function toResult(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}
