/**
 * The part of the CloudFront Functions 2.0 runtime that our functions use (AWS, "CloudFront Functions event structure",
 * "Helper methods for key value stores", "General helper methods").
 */
declare module 'cloudfront' {
  interface KeyValueStore {
    /** Throws when the key is missing. */
    exists(key: string): Promise<boolean>;
    get(key: string, options?: { format: 'string' | 'json' }): Promise<unknown>;
  }
  const cloudfront: { kvs(): KeyValueStore };
  export default cloudfront;
}

declare namespace CloudFrontFunctions {
  interface Value {
    value: string;
  }
  interface Request {
    method: string;
    uri: string;
    querystring: Record<string, Value>;
    headers: Record<string, Value>;
    /** The query as received, without `?`; undefined when the URL has none. */
    rawQueryString(): string | undefined;
  }
  interface Response {
    statusCode: number;
    statusDescription?: string;
    headers: Record<string, Value>;
    body?: { encoding: 'text'; data: string };
  }
  interface RequestEvent {
    context: { distributionDomainName: string };
    viewer: { ip: string };
    request: Request;
  }
  interface ResponseEvent {
    request: Request;
    response: Response;
  }
}
