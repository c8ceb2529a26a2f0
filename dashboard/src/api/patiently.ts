import { Failure, isPassing } from './failure.ts';

/** Milliseconds before the second attempt; twice as many before each further one. */
const PAUSE = 400;

export interface Patience {
  /** Calls at most. */
  readonly attempts: number;
  /** Ends the waiting. @default nothing does */
  readonly signal?: AbortSignal;
}

/** Calls again when nobody answers, or when the API is too busy. @throws what the last call threw, or the signal's reason */
export async function patiently<Result>(call: () => Promise<Result>, { attempts, signal }: Patience): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt === attempts || !isPassing(error)) throw error;
      const pause = (error instanceof Failure ? error.wait : undefined) ?? PAUSE * 2 ** (attempt - 1);
      await rest(pause, signal);
    }
  }
}

function rest(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', end, { once: true });
  });
}
