import { type Check, judge } from '../check.ts';

/** Several machines of an edge location have caches of their own. */
const ATTEMPTS = 10;

export const ageOnHits: Check = {
  number: 2,
  title: '`Age` on hits',
  run: async ({ media, sample }) => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const { headers } = await media.get(`${sample.path}?tr=w-22`);
      const timing = headers.get('server-timing') ?? '';
      if (!headers.has('age') && !timing.includes('cdn-cache-hit')) continue;
      const seen = headers.has('age') ? '`Age` is there' : 'no `Age`, but cdn-cache-hit';
      return judge(
        timing.includes('cache;desc=hit'),
        `request ${attempt}: ${seen}`,
        '`Server-Timing` tells an answer from the cache.',
        `An answer from the cache is told as another one: ${timing}`,
      );
    }
    return judge(false, `${ATTEMPTS} requests`, '', 'No request for one picture was answered from the cache.');
  },
};
