/** Limits of AWS Lambda that hold on this machine too ("Lambda quotas"; times in milliseconds, sizes in bytes). */
export const LAMBDA_LIMITS = {
  /** Event of a synchronous invocation. */
  requestBytes: 6_291_556,
  /** Answer of a buffered invocation. */
  responseBytes: 6_291_556,
  /** Answer of a streamed invocation. */
  streamedResponseBytes: 200 * 1024 * 1024,
  /** Time to load the function's module, before the first invocation's own time begins. */
  initMilliseconds: 10_000,
} as const;

/** Bounds of this machine, which has a few processors where AWS has a thousand environments. */
export const MACHINE_LIMITS = {
  /** Environments of one function at the same time; further invocations wait. */
  environments: 4,
  /** Environments beyond those that may work on for callers who have gone. */
  abandoned: 8,
  /** Invocations of one function that may wait; one more is throttled as AWS throttles (429). */
  waiting: 1000,
} as const;
