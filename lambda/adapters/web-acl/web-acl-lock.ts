import { setTimeout as pause } from 'node:timers/promises';

/** Web ACLs of CloudFront; their API is in us-east-1 alone. */
export const SCOPE = 'CLOUDFRONT';

const ATTEMPTS = 5;
const BACKOFF = 300;

/** Somebody changed it meanwhile; or AWS still spreads what was just made (AWS WAF, "Common Errors"). */
const PASSING = ['WAFOptimisticLockException', 'WAFUnavailableEntityException'];

/** Reads, decides and writes again when the lock token was no longer the newest. */
export async function withLock(change: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await change();
    } catch (error) {
      if (attempt === ATTEMPTS || !PASSING.includes((error as Error).name)) throw error;
      await pause(Math.random() * BACKOFF * attempt);
    }
  }
}
