/** Headers that functions neither see nor may add (AWS, "Restrictions on all edge functions"). */
const DISALLOWED = new Set([
  ...['connection', 'expect', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'trailer'],
  ...['upgrade', 'x-accel-buffering', 'x-accel-charset', 'x-accel-limit-rate', 'x-accel-redirect', 'x-amzn-auth'],
  ...['x-amzn-cf-billing', 'x-amzn-cf-id', 'x-amzn-cf-xff', 'x-amzn-errortype', 'x-amzn-fle-profile'],
  ...['x-amzn-header-count', 'x-amzn-header-order', 'x-amzn-lambda-integration-tag', 'x-amzn-requestid', 'x-cache'],
  ...['x-forwarded-proto', 'x-real-ip'],
]);

export function isDisallowed(name: string): boolean {
  return DISALLOWED.has(name) || name.startsWith('x-amz-cf-') || name.startsWith('x-edge-');
}

/** Headers that functions see and may not change, by event. */
export const READ_ONLY = {
  'viewer-request': new Set(['cdn-loop', 'content-length', 'host', 'transfer-encoding', 'via']),
  'viewer-response': new Set(['via', 'warning']),
} as const satisfies Record<string, ReadonlySet<string>>;

export type EventType = keyof typeof READ_ONLY;
