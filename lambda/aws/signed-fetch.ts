import { AwsClient } from 'aws4fetch';
import type { Environment } from './service-endpoint.ts';
import { requireRegion } from './service-endpoint.ts';

/** One call: method, headers and body as for `fetch`, plus what it may take. */
export interface SignedRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Milliseconds for one attempt, until `read` is done. */
  readonly timeout: number;
}

/**
 * Sends a signed request and reads its answer. `read` runs inside the attempt: a connection that breaks in the middle of
 * the body is tried again as a whole.
 * @throws AwsCallError when the last attempt ended with another status than 2xx, or what the network or `read` threw
 */
export type SignedFetch = <T>(
  url: string,
  request: SignedRequest,
  read: (response: Response) => Promise<T>,
) => Promise<T>;

/** An answer of AWS that is not a success. The message names no URL: it goes to logs. */
export class AwsCallError extends Error {
  readonly status: number;
  readonly awsCode: string;

  constructor(service: string, status: number, awsCode: string) {
    super(`${service} answered ${status} ${awsCode}`);
    this.name = 'AwsCallError';
    this.status = status;
    this.awsCode = awsCode;
  }
}

/** Services that are called without SDK, by their signing names. */
export type SignedService = 's3' | 'dynamodb' | 'kms' | 'secretsmanager' | 'sts';

const ATTEMPTS = 4;
const FIRST_BACKOFF = 50;

/** Signs with the function's own credentials, which Lambda keeps in the environment for the life of the process. */
export function signedFetch(service: SignedService, environment: Environment): SignedFetch {
  const client = new AwsClient({
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    ...(environment.AWS_SESSION_TOKEN && { sessionToken: environment.AWS_SESSION_TOKEN }),
    region: requireRegion(environment),
    service,
    retries: 0,
  });
  return async (url, request, read) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await attemptOnce(client, service, url, request, read);
      } catch (error) {
        if (attempt === ATTEMPTS || !isTransient(error)) throw error;
        await backoff(attempt);
      }
    }
  };
}

async function attemptOnce<T>(
  client: AwsClient,
  service: string,
  url: string,
  request: SignedRequest,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const { method, headers, body, timeout } = request;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new DOMException('Too slow.', 'TimeoutError')), timeout);
  try {
    const signed = await client.sign(url, { method, ...(headers && { headers }), ...(body !== undefined && { body }) });
    const response = await fetch(signed, { signal: abort.signal });
    if (response.ok) return await read(response);
    throw new AwsCallError(service, response.status, errorCode(await response.text()));
  } finally {
    clearTimeout(timer);
  }
}

/** The code in S3's XML or DynamoDB's JSON. */
function errorCode(body: string): string {
  const found = /<Code>([A-Za-z0-9.]+)<\/Code>/.exec(body) ?? /"__type"\s*:\s*"(?:[^"]*#)?([A-Za-z]+)"/.exec(body);
  return found?.[1] ?? '';
}

/** Server trouble, throttling, a broken or too slow connection. Throttling of DynamoDB comes as 400. */
function isTransient(error: unknown): boolean {
  if (!(error instanceof AwsCallError)) return error instanceof TypeError || isTimeout(error);
  return error.status >= 500 || error.status === 429 || /Throttl|ThroughputExceeded|SlowDown/.test(error.awsCode);
}

const isTimeout = (error: unknown): boolean => error instanceof DOMException && error.name === 'TimeoutError';

/** Full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"). */
const backoff = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * FIRST_BACKOFF * 2 ** attempt));
