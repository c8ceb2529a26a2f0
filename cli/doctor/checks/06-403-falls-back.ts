import { type Check, judge } from '../check.ts';

export const status403FallsBack: Check = {
  number: 6,
  title: '403 falls back',
  run: async ({ media, sample }) => {
    const made = await media.get(`${sample.path}?tr=w-26`);
    const missing = await media.get(`${sample.path}-missing.png`);
    const isOurs = !missing.body.toString().includes('<Error>');
    return judge(
      made.status === 200 && missing.status === 404 && isOurs,
      `status ${made.status} for a new variant, ${missing.status} for a missing file`,
      'The transformer answers what is not in the bucket.',
      'The bucket’s refusal reaches viewers.',
    );
  },
};
