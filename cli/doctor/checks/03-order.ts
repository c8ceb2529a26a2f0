import { type Check, judge } from '../check.ts';

export const order: Check = {
  number: 3,
  title: 'Order',
  run: async ({ media, sample }) => {
    const { headers } = await media.get(`${sample.path}?tr=w-23`);
    const timing = headers.get('server-timing') ?? '';
    const hasOwn = /\btransform;/.test(timing);
    const hasCdn = /\bcdn-/.test(timing);
    return judge(
      hasOwn && hasCdn,
      `own metrics ${hasOwn ? 'yes' : 'no'}, CloudFront's ${hasCdn ? 'yes' : 'no'}`,
      'The viewer-response function ran after the response headers policy.',
      `\`Server-Timing\` lacks metrics: ${timing || 'it is not there'}`,
    );
  },
};
