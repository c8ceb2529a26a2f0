import type { IncomingHttpHeaders } from 'node:http';

/** A signed call of an AWS API. */
export interface AwsRequest {
  readonly method: string;
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface AwsAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The API of one AWS service, as the shared server finds, checks and answers it. */
export interface AwsApi {
  /** The service's name in a signature. */
  readonly signingName: string;
  /** Which signatures it takes. @default sigv4 */
  readonly signature?: 'sigv4' | 'sigv4a';
  /** How its errors are written. */
  readonly errors: 'json' | 'xml';
  /** Whether a call is for this API. */
  takes(request: AwsRequest): boolean;
  /** @throws ServiceError for what the service refuses */
  answer(request: AwsRequest): Promise<AwsAnswer> | AwsAnswer;
}
