import { type Check, failed, ok } from '../check.ts';

interface Endpoint {
  readonly id: string;
  readonly urlPrefix: string;
  readonly origins: readonly string[];
  readonly paused: boolean;
}

/** What browsers of each format class send, and what they must not be sent. */
const CLASSES = {
  avif: { accept: 'image/avif,image/webp,*/*', never: /^$/ },
  webp: { accept: 'image/webp,*/*', never: /avif/ },
  plain: { accept: '*/*', never: /avif|webp/ },
} as const;

/** Signed, so that endpoints that ask for it answer, too. */
const LIFE_SECONDS = 600;

export const pictures: Check = {
  title: 'A picture per endpoint and format class',
  run: async ({ media, library, sample, clock }) => {
    const endpoints = await library.call<readonly Endpoint[]>('GET', '/v1/accounts/url-endpoints');
    const asked = endpoints.filter(({ paused }) => !paused);
    const path = media.sign(`${sample.path}?tr=w-30`, Math.floor(clock.now() / 1000) + LIFE_SECONDS);
    const wrong: string[] = [];
    let elsewhere = 0;
    for (const { urlPrefix, origins, id } of asked) {
      for (const [name, { accept, never }] of Object.entries(CLASSES)) {
        const { status, headers } = await media.get(`${urlPrefix && `/${urlPrefix}`}${path}`, { accept });
        const type = headers.get('content-type') ?? '';
        // Its origins need not have our file.
        if (status === 404 && origins.length > 0) elsewhere++;
        else if (status !== 200 || !type.startsWith('image/') || never.test(type))
          wrong.push(`${id} ${name}: ${status} ${type}`);
      }
    }
    const measured = `${asked.length} of ${endpoints.length} endpoints, ${Object.keys(CLASSES).length} classes`;
    if (wrong.length > 0) return failed(measured, `Not delivered: ${wrong.join(', ')}.`);
    const remark = elsewhere > 0 ? ` ${elsewhere} requests went to origins that do not have the sample.` : '';
    return ok(measured, `Every endpoint that is not paused delivers.${remark}`);
  },
};
