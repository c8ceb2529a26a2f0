import { problem } from '../core/kernel/problems.ts';
import type { GuardOptions } from './guarded-exchange.ts';
import { guardedExchange } from './guarded-exchange.ts';
import { RemoteFault } from './remote-fault.ts';

export type GuardedFetchOptions = GuardOptions;

/**
 * Fetches a file from a URL that a client named, behind the guard of `guardedExchange`.
 * @throws Problem upload.remote-failed, or upload.too-large above `maximumBytes`
 */
export function guardedFetch(options: GuardedFetchOptions): (url: string) => Promise<Uint8Array> {
  const exchange = guardedExchange(options);
  return async (url) => {
    const { status, bytes } = await exchange({ url }).catch((cause: unknown) => {
      if (!(cause instanceof RemoteFault)) throw cause;
      throw problem(
        ['too-large', 'endless'].includes(cause.kind) ? 'upload.too-large' : 'upload.remote-failed',
        cause.message,
        { cause },
      );
    });
    if (status === 200) return bytes;
    throw problem('upload.remote-failed', `The server of the file URL answered ${status} instead of 200.`);
  };
}
