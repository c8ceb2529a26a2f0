/** Statuses after which CloudFront asks the second origin of a group (the console's list; 429 is none). */
export const FAILOVER_CODES: readonly number[] = [400, 403, 404, 416, 500, 502, 503, 504];
