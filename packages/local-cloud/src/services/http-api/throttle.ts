/** Throttling of a stage ("Throttle requests to your HTTP APIs"). */
export interface ThrottleSettings {
  /** Requests a second. */
  readonly rateLimit: number;
  /** Requests at once. */
  readonly burstLimit: number;
}

/**
 * A token bucket: it holds `burstLimit` tokens and is filled with `rateLimit` of them a second.
 * @param now milliseconds of a steady clock
 * @returns takes a token; false when there is none
 */
export function createThrottle({ rateLimit, burstLimit }: ThrottleSettings, now: () => number): () => boolean {
  let tokens = burstLimit;
  let filledAt = now();
  return () => {
    const time = now();
    tokens = Math.min(burstLimit, tokens + ((time - filledAt) / 1000) * rateLimit);
    filledAt = time;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
}
