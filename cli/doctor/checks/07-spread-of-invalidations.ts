import type { Check } from '../check.ts';
import { judgeSpread, measureSpread, PROMISED_SECONDS } from '../measure-spread.ts';

export const spreadOfInvalidations: Check = {
  number: 7,
  title: 'Spread of invalidations',
  run: async ({ media, sample, clock }) => {
    const path = `${sample.path}?tr=w-27,f-png`;
    await media.get(path);
    const before = (await media.get(path)).body;
    await sample.replace();
    const seconds = await measureSpread(clock, async () => !(await media.get(path)).body.equals(before));
    return judgeSpread(
      seconds,
      'A replaced picture is new at the edge location that answers here.',
      `A replaced picture is still the old one after ${PROMISED_SECONDS} s.`,
    );
  },
};
