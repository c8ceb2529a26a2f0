import { beforeEach, describe, expect, test } from 'vitest';
import type { EncodingBudget, EncodingLevel } from '../../../lambda/contract/encoding-budget.ts';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import type { DeliverImageDeps } from '../../../lambda/core/delivery/deliver-image-deps.ts';
import type { RenderImage } from '../../../lambda/core/delivery/render-image.ts';
import { firstAnswerKey } from '../../../lambda/core/request/variant-key.ts';
import { ask, bytes, deps, forgetAll, keep, NOW, reports, text, variants } from './memory-delivery.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Prices as of 1769 MB. */
const budget = (level: EncodingLevel): EncodingBudget => ({ level, bytesOfSecond: 271_000, bytesOfStore: 61_000 });

const rendered: (string | undefined)[] = [];
const FIRST = 'quick'.padEnd(40_000, '.');

/** A picture of 40 kB, whose better encodings have a few bytes. */
const render: RenderImage = async (_source, _plan, _accepts, _load, _focus, care) => {
  rendered.push(care);
  const made = { contentType: 'image/avif', format: 'avif', width: 4, improvable: { pixels: 400_000 } };
  return { ...made, bytes: bytes(care === undefined ? FIRST : `good by ${care}`) };
};

const request = ask('/a.jpg', '', 'avif');
const OWN = request.path.slice(1);

const deliver = async (level: EncodingLevel, later = 0, changes: Partial<DeliverImageDeps> = {}) => {
  const clock = () => NOW + later;
  const delivery = await deliverImage(deps({ render, encoding: budget(level), clock, ...changes }), request);
  const life = delivery.headers['cache-control'];
  const body = await new Response(delivery.body as ReadableStream).text();
  await delivery.stored;
  return { life, body };
};

const storedUnder = (key: string) => {
  const found = variants.get(key);
  return found && [text(found.bytes).slice(0, 14), /s-maxage=(\d+)/.exec(found.headers.cacheControl)?.[1]];
};

beforeEach(() => {
  forgetAll();
  rendered.length = 0;
  keep('/a.jpg', 'one');
});

describe('normally', () => {
  test('a picture that is asked for once is encoded once, and waits beside its key', async () => {
    const { life } = await deliver('normal');

    expect(life).toContain('s-maxage=60,');
    expect(rendered).toEqual([undefined]);
    expect([...variants.keys()]).toEqual([firstAnswerKey(OWN)]);
  });

  test('asked for again it is answered without a render, and its better encoding is stored for good', async () => {
    await deliver('normal');
    const { life, body } = await deliver('normal', HOUR);

    expect([life, body]).toEqual([expect.stringContaining('s-maxage=60,'), FIRST]);
    expect(rendered).toEqual([undefined, 'normal']);
    expect([...variants.keys()]).toEqual([OWN]);
    expect(storedUnder(OWN)).toEqual(['good by normal', '31536000']);
  });

  test('asked for again after weeks it stays as it is: what would be saved does not pay', async () => {
    await deliver('normal');
    await deliver('normal', 25 * DAY);

    expect(rendered).toEqual([undefined]);
    expect([...variants.keys()]).toEqual([OWN]);
    expect(storedUnder(OWN)).toEqual([FIRST.slice(0, 14), '31536000']);
  });

  test('within a minute, when the locations of the CDN ask for the first time, nothing is decided', async () => {
    await deliver('normal');
    await deliver('normal', 59_000);

    expect(rendered).toEqual([undefined]);
    expect([...variants.keys()]).toEqual([firstAnswerKey(OWN)]);
  });

  test('a small picture, of which storing it twice would cost more than it saves, is stored for good at once', async () => {
    const small: RenderImage = async (...asked) => ({ ...(await render(...asked)), bytes: bytes('small') });
    const { life } = await deliver('normal', 0, { render: small });

    expect(life).toContain('s-maxage=31536000');
    expect([...variants.keys()]).toEqual([OWN]);
  });

  test('a better encoding that fails, or is larger, or of another kind, leaves the first', async () => {
    const failing = async () => Promise.reject(new Error('too slow'));
    const larger: RenderImage = async (...asked) => ({ ...(await render(...asked)), bytes: bytes(`${FIRST}.`) });
    const other: RenderImage = async (...asked) => ({ ...(await render(...asked)), contentType: 'image/webp' });
    for (const [better, told] of [
      [failing, ['better-encoding-failed']],
      [larger, []],
      [other, []],
    ] as const) {
      variants.clear();
      reports.length = 0;
      await deliver('normal');
      await deliver('normal', HOUR, { render: better });
      expect(reports).toEqual(told);
      expect(storedUnder(OWN)).toEqual([FIRST.slice(0, 14), '31536000']);
    }
  });

  test('nothing of an asset that was replaced meanwhile is stored', async () => {
    await deliver('normal');
    const usual = deps();
    const put = async () => void keep('/a.jpg', 'two');
    await deliver('normal', HOUR, { variants: { ...usual.variants, put } });

    expect(variants.has(OWN)).toBe(false);
  });

  test('above the ceiling of spending a first answer is still shown, and not made better', async () => {
    await deliver('normal');
    const { body } = await deliver('normal', HOUR, { ceilingEnd: async () => '2027-01-01' });

    expect([body, rendered]).toEqual([FIRST, [undefined]]);
    expect([...variants.keys()]).toEqual([firstAnswerKey(OWN)]);
  });

  test('a storage that does not answer costs the picture nothing', async () => {
    const usual = deps();
    const find = async () => Promise.reject(new Error('slow down'));
    const { body } = await deliver('normal', 0, { variants: { ...usual.variants, find } });

    expect(body).toBe(FIRST);
  });
});

test('at most the better encoding follows the first answer at once, under the same key', async () => {
  const { life, body } = await deliver('most');

  expect([life, body]).toEqual([expect.stringContaining('s-maxage=60,'), FIRST]);
  expect(rendered).toEqual([undefined, 'most']);
  expect([...variants.keys()]).toEqual([OWN]);
  expect(storedUnder(OWN)).toEqual(['good by most', '31536000']);
});

test('at most, too, a better encoding that fails leaves the first for good', async () => {
  const failing: RenderImage = async (...asked) => {
    if (asked[5] !== undefined) throw new Error('too slow');
    return render(...asked);
  };
  await deliver('most', 0, { render: failing });

  expect(reports).toEqual(['better-encoding-failed']);
  expect(storedUnder(OWN)).toEqual([FIRST.slice(0, 14), '31536000']);
});

test('without a budget the first answer is what is stored, and nothing is looked for', async () => {
  const looked: string[] = [];
  const usual = deps();
  const find = async (key: string) => void looked.push(key);
  const { life } = await deliver('off', 0, { variants: { ...usual.variants, find: find as never } });

  expect(life).toContain('s-maxage=31536000');
  expect([rendered, looked, [...variants.keys()]]).toEqual([[undefined], [], [OWN]]);
});
