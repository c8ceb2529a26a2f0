/** A month's use of a deployment. */
export interface Traffic {
  /** Requests for pictures. */
  readonly requests: number;
  /** Part of the requests that the CDN answers from its cache, 0 to 1. */
  readonly hit: number;
  /** Bytes of an answer, on average. */
  readonly answerBytes: number;
  /** Variants that are rendered; the other misses are read from the variants bucket. */
  readonly renders: number;
  /** Seconds of the transformer for one of them, with reading the original and storing the variant. */
  readonly renderSeconds: number;
  readonly uploads: number;
  /** Bytes of an original, on average. */
  readonly originalBytes: number;
  /** Originals that are kept, older versions with them. */
  readonly originals: number;
  /** Variants that are kept. */
  readonly variants: number;
  /** Calls of the API besides uploads. */
  readonly apiCalls: number;
}

/** Of the requests that the CDN cannot answer, those for a variant that nobody has made yet. */
const NEW_OF_MISSES = 0.1;

/** What is not said is taken to be a site with ten thousand photographs of 3 MB. */
const USUAL = {
  hit: 0.95,
  answerBytes: 60_000,
  renderSeconds: 0.6,
  uploads: 1000,
  originalBytes: 3_000_000,
  originals: 10_000,
  variants: 50_000,
  apiCalls: 10_000,
};

export type AskedTraffic = Pick<Traffic, 'requests'> & Partial<Traffic>;

export function usualTraffic(asked: AskedTraffic): Traffic {
  const traffic = { ...USUAL, ...asked };
  return { renders: Math.round(traffic.requests * (1 - traffic.hit) * NEW_OF_MISSES), ...traffic };
}
