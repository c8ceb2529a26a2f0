/**
 * Headers of the API's answers that scripts of other sites may read; the two names of the request id are the ones that ImageKit's
 * SDKs look for. The gateway sets the header that says so, and drops the function's own.
 */
export const EXPOSED_HEADERS = [
  'x-request-id',
  'x-ik-requestid',
  'etag',
  'x-next-cursor',
  'x-ratelimit-limit',
  'x-ratelimit-reset',
  'x-ratelimit-interval',
  'retry-after',
  'retry-after-ms',
] as const;
