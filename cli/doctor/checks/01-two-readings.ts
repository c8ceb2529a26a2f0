import { type Check, judge } from '../check.ts';

const LIFE_SECONDS = 120;

/** A signed answer must not outlive its URL, whichever request the viewer-response function sees. */
export const twoReadings: Check = {
  number: 1,
  title: 'Two readings of viewer-response',
  run: async ({ media, sample, clock }) => {
    const expires = Math.floor(clock.now() / 1000) + LIFE_SECONDS;
    const path = media.sign(`${sample.path}?tr=w-21`, expires);
    // Made first, then from the cache.
    const answers = [await media.get(path), await media.get(path)];
    const lives = answers.flatMap(({ headers }) => livesIn(headers.get('cache-control') ?? ''));
    const statuses = answers.map(({ status }) => status);
    const isCapped = lives.length > 0 && Math.max(...lives) <= LIFE_SECONDS;
    return judge(
      isCapped && statuses.every((status) => status === 200),
      `status ${statuses.join(' and ')}, at most ${Math.max(...lives)} s of ${LIFE_SECONDS} s`,
      'A signed answer ends with its URL, when it is made and from the cache.',
      'A signed answer is kept for longer than its URL holds, or is not delivered.',
    );
  },
};

function livesIn(cacheControl: string): number[] {
  return [...cacheControl.matchAll(/max-?age=(\d+)/g)].map(([, seconds]) => Number(seconds));
}
