import type { HttpAnswer } from './http-exchange.lean.ts';
import { ConnectionError, exchange, targetOf } from './http-exchange.lean.ts';
import type { Environment } from './service-endpoint.lean.ts';
import { requireRegion } from './service-endpoint.lean.ts';
import type { Signer } from './sigv4.lean.ts';
import { sigv4Signer } from './sigv4.lean.ts';

/** One call: method, headers (names in lower case) and body, plus what it may take. */
export interface SignedRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Milliseconds for one attempt, until `read` is done. */
  readonly timeout: number;
}

/**
 * Sends a signed request and reads its answer. `read` runs inside the attempt: a connection that breaks in the middle
 * of the body is tried again as a whole.
 * @throws AwsCallError when the last attempt ended with another status than 2xx, or what the network or `read` threw
 */
export type SignedFetch = <T>(
  url: string,
  request: SignedRequest,
  read: (answer: HttpAnswer) => Promise<T>,
) => Promise<T>;

/** An answer of AWS that is not a success. The message names no URL: it goes to logs. */
export class AwsCallError extends Error {
  readonly status: number;
  readonly awsCode: string;
  /** Why a transaction of DynamoDB was canceled: a code for each of its items, `None` for those that were not in the way. */
  readonly cancellations: readonly string[];

  constructor(service: string, status: number, awsCode: string, cancellations: readonly string[] = []) {
    super(`${service} answered ${status} ${awsCode}`);
    this.name = 'AwsCallError';
    this.status = status;
    this.awsCode = awsCode;
    this.cancellations = cancellations;
  }
}

/** Services that are called without SDK, by their signing names. */
export type SignedService = 's3' | 'dynamodb' | 'kms' | 'secretsmanager' | 'ses' | 'sts' | 'cognito-idp' | 'monitoring';

const ATTEMPTS = 4;
const FIRST_BACKOFF = 50;

/** Signs with the function's own credentials, which Lambda keeps in the environment for the life of the process. */
export function signedFetch(service: SignedService, environment: Environment): SignedFetch {
  const sign = sigv4Signer({
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    ...(environment.AWS_SESSION_TOKEN && { sessionToken: environment.AWS_SESSION_TOKEN }),
    region: requireRegion(environment),
    service,
  });
  return async (url, request, read) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await attemptOnce(sign, service, url, request, read);
      } catch (error) {
        if (attempt === ATTEMPTS || !isTransient(error)) throw error;
        if (!isStale(error)) await backoff(attempt);
      }
    }
  };
}

function attemptOnce<T>(
  sign: Signer,
  service: string,
  url: string,
  { method, headers = {}, body, timeout }: SignedRequest,
  read: (answer: HttpAnswer) => Promise<T>,
): Promise<T> {
  const target = targetOf(url);
  const signed = sign({ method, host: target.host, path: target.path, headers, body }, new Date());
  return exchange(target, { method, headers: signed, body, timeout }, async (answer) => {
    if (answer.status >= 200 && answer.status < 300) return read(answer);
    throw failureOf(service, answer.status, await answer.text());
  });
}

function failureOf(service: string, status: number, body: string): AwsCallError {
  const code = errorCode(body);
  return new AwsCallError(service, status, code, code === CANCELED ? cancellationsIn(body) : []);
}

const CANCELED = 'TransactionCanceledException';

function cancellationsIn(body: string): string[] {
  const { CancellationReasons = [] } = JSON.parse(body) as {
    readonly CancellationReasons?: readonly { readonly Code?: string }[];
  };
  return CancellationReasons.map(({ Code = 'None' }) => Code);
}

/** The code in S3's XML or DynamoDB's JSON. */
function errorCode(body: string): string {
  const found = /<Code>([A-Za-z0-9.]+)<\/Code>/.exec(body) ?? /"__type"\s*:\s*"(?:[^"]*#)?([A-Za-z]+)"/.exec(body);
  return found?.[1] ?? '';
}

/** What of DynamoDB's 400 passes by itself; the SDK tries these again, too (AWS, "Error retries and exponential backoff"). */
const PASSING = /Throttl|ThroughputExceeded|SlowDown|RequestLimitExceeded|TransactionInProgress|RequestTimeout/;

/** Server trouble, throttling, a broken or too slow connection. */
function isTransient(error: unknown): boolean {
  if (!(error instanceof AwsCallError)) return error instanceof ConnectionError;
  return error.status >= 500 || error.status === 429 || PASSING.test(error.awsCode);
}

/** Whether a call found nobody who could carry it out, after all attempts: its region is away or in trouble. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof ConnectionError || (error instanceof AwsCallError && error.status >= 500);

/** AWS closes idle connections while Lambda has this process frozen; the next call on one fails. */
const isStale = (error: unknown): boolean => error instanceof ConnectionError && error.wasStale;

/** Full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"). */
const backoff = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * FIRST_BACKOFF * 2 ** attempt));
