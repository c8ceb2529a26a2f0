import { LIMITS } from '../../../lambda/contract/limits.ts';
import { type Check, judge } from '../check.ts';
import { longUrl } from './long-url.ts';

export const longHeader: Check = {
  number: 4,
  title: 'A header of 11 KB',
  run: async ({ media, sample, deployment }) => {
    // CloudFront counts the whole URL.
    const bytes = LIMITS.urlBytes - Buffer.byteLength(deployment.media);
    const { status } = await media.get(longUrl(sample.path, 'w-24', bytes));
    return judge(
      status === 200,
      `status ${status} for ${bytes} bytes`,
      'The longest URL reaches the transformer.',
      'The longest URL is not delivered.',
    );
  },
};
