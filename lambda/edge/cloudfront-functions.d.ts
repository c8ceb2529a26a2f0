/**
 * The part of the CloudFront Functions 2.0 runtime that our functions use (AWS, "CloudFront Functions event structure",
 * "Helper methods for key value stores", "Helper methods for origin modification", "General helper methods").
 */
declare module 'cloudfront' {
  interface KeyValueStore {
    /** Throws when the key is missing. */
    exists(key: string): Promise<boolean>;
    get(key: string, options?: { format: 'string' | 'json' }): Promise<unknown>;
  }
  const cloudfront: {
    kvs(): KeyValueStore;
    /** Sends the request to another origin of the distribution. Throws for an id that it does not have. */
    selectRequestOriginById(originId: string): void;
    /** Has the first origin asked, and the second one after these statuses. Throws for an id that it does not have. */
    createRequestOriginGroup(group: {
      originIds: readonly { originId: string }[];
      failoverCriteria: { statusCodes: readonly number[] };
    }): void;
  };
  export default cloudfront;
}

/** Whether the deployment has several regions; the bundler puts it in. */
declare const MULTI_REGION: boolean;

/** Header in which another CDN names the viewer's address; empty when there is none in front. */
declare const CDN_ADDRESS_HEADER: string;
/** The same of the viewer's country. */
declare const CDN_COUNTRY_HEADER: string;
/** Whether requests that do not come from it are refused. */
declare const REFUSE_DIRECT: boolean;

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
