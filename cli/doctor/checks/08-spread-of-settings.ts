import type { Check } from '../check.ts';
import { judgeSpread, measureRule, PROMISED_SECONDS } from '../measure-spread.ts';

export const spreadOfSettings: Check = {
  number: 8,
  title: 'Spread of settings',
  run: async (deps) => {
    const { sample } = deps;
    const seconds = await measureRule(deps, { type: 'urlPattern', values: [sample.path] }, `${sample.path}?tr=w-28`);
    return judgeSpread(
      seconds,
      'A new rule holds at the edge location that answers here.',
      `A new rule does not hold after ${PROMISED_SECONDS} s.`,
    );
  },
};
