/**
 * Whether a service of AWS is asked too much or does not answer: the same call may work in a moment. Errors of its SDK say it
 * by the answer's status, or that they may be repeated (AWS SDK for JavaScript, `SmithyException`).
 */
export function isPassing(error: unknown): boolean {
  const { $metadata, $retryable } = (error ?? {}) as {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly $retryable?: unknown;
  };
  const name = error instanceof Error ? error.name : '';
  // Of the calls without SDK, after all their attempts.
  if (name === 'ConnectionError') return true;
  return $retryable !== undefined || ($metadata?.httpStatusCode ?? 0) >= 500 || THROTTLED.test(name);
}

const THROTTLED = /^(Throttling|RequestLimitExceeded|ProvisionedThroughputExceeded|SlowDown|TooManyRequests)/;
