import { type Check, judge } from '../check.ts';
import { longUrl } from './long-url.ts';

/** In base64 it is more than the 8 KB of headers that S3 takes. */
const BYTES = 6500;

export const status400FallsBack: Check = {
  number: 5,
  title: '400 falls back',
  run: async ({ media, sample }) => {
    const { status } = await media.get(longUrl(sample.path, 'w-25', BYTES));
    return judge(
      status === 200,
      `status ${status} for ${BYTES} bytes`,
      'What S3 refuses for its headers, the transformer answers.',
      'A URL whose header S3 refuses is not delivered.',
    );
  },
};
