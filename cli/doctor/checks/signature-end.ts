import { type Check, judge } from '../check.ts';

const LIFE_SECONDS = 5;

/** The last second of a URL begins at `ik-t` and is part of its life. */
export const signatureEnd: Check = {
  title: 'A signature one second before and after its end',
  run: async ({ media, sample, clock }) => {
    // The edge's clock decides; its answers tell it, in whole seconds.
    const drift = await driftOf(await media.get(sample.path), clock.now());
    const now = () => clock.now() + drift;
    const expires = Math.floor(now() / 1000) + LIFE_SECONDS;
    const path = media.sign(`${sample.path}?tr=w-31`, expires);
    await clock.wait(Math.max(0, (expires - 1) * 1000 - now()));
    const before = (await media.get(path)).status;
    await clock.wait(Math.max(0, (expires + 2) * 1000 - now()));
    const after = (await media.get(path)).status;
    return judge(
      before === 200 && after === 401,
      `status ${before} before, ${after} after; the clocks differ by ${Math.round(drift / 1000)} s`,
      'A signed URL ends to the second.',
      'A signed URL ends too early or too late.',
    );
  },
};

async function driftOf({ headers }: { readonly headers: Headers }, now: number): Promise<number> {
  const date = Date.parse(headers.get('date') ?? '');
  const drift = date - Math.floor(now / 1000) * 1000;
  // An answer from the cache has the date at which it was made.
  return Number.isNaN(drift) || headers.has('age') ? 0 : drift;
}
