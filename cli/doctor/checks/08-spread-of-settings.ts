import { type Check, judge } from '../check.ts';
import { measureSpread } from '../measure-spread.ts';

const PROMISED_SECONDS = 60;

export const spreadOfSettings: Check = {
  number: 8,
  title: 'Spread of settings',
  run: async ({ media, library, sample, clock }) => {
    const rule = await library.call<{ id: string }>('POST', '/v1/accounts/rules', {
      effect: 'block',
      match: { type: 'urlPattern', values: [sample.path] },
      reason: 'vitrine doctor measures how fast settings spread',
    });
    const isBlocked = async () => (await media.get(`${sample.path}?tr=w-28`)).status === 403;
    const seconds = await measureSpread(clock, isBlocked).finally(() =>
      library.call('DELETE', `/v1/accounts/rules/${rule.id}`),
    );
    // What comes after this needs the sample.
    await measureSpread(clock, async () => !(await isBlocked()));
    return judge(
      seconds !== undefined && seconds <= PROMISED_SECONDS,
      seconds === undefined ? 'not seen' : `${seconds.toFixed(1)} s`,
      'A new rule holds at the edge location that answers here.',
      `A new rule does not hold after ${PROMISED_SECONDS} s.`,
    );
  },
};
