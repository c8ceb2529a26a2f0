import { beforeEach, describe, expect, it, test } from 'vitest';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import type { DeliverImageDeps } from '../../../lambda/core/delivery/deliver-image-deps.ts';
import type { RenderImage } from '../../../lambda/core/delivery/render-image.ts';
import type { StoredWhole, WholePictures } from '../../../lambda/core/delivery/variant-store.ts';
import { outputSizeAfter } from '../../../lambda/core/plan/geometry/output-size.ts';
import type { Step } from '../../../lambda/core/plan/plan.ts';
import type { FormatClass } from '../../../lambda/core/request/format-class.ts';
import { firstAnswerKey } from '../../../lambda/core/request/variant-key.ts';
import { ask, bytes, deps, forgetAll, keep, names, reports, variants } from './memory-delivery.ts';

const FILE = { width: 800, height: 600 };
const TYPES = { avif: 'avif', webp: 'webp', plain: 'jpeg' } as const;

/** A picture whose text is its size. */
const render: RenderImage = async (_source, { steps, output }, accepts) => {
  const { width, height } = outputSizeAfter((steps[0] ?? {}) as Step, FILE);
  const format = output.format === 'auto' || output.format === 'original' ? TYPES[accepts] : output.format;
  return { bytes: bytes(`${width} x ${height} ${format}`), contentType: `image/${format}`, format, width };
};

const shelves = new Map<string, StoredWhole[]>();

const wholePictures: WholePictures = {
  note: async (shelf, picture) => void shelves.set(shelf, [...(shelves.get(shelf) ?? []), picture]),
  near: async (shelf) => shelves.get(shelf) ?? [],
};

async function deliver(query: string, format: FormatClass, changes: Partial<DeliverImageDeps>, path = '/a.jpg') {
  const delivery = await deliverImage(deps({ render, wholePictures, ...changes }), ask(path, query, format));
  await delivery.stored;
  const body = await new Response(delivery.body as ReadableStream).text();
  return { ...delivery, body };
}

/** Below the ceiling. */
const make = (query: string, format: FormatClass = 'webp') => deliver(query, format, {});

/** Over it. @returns the picture, or the status */
async function over(query: string, format: FormatClass = 'webp', changes: Partial<DeliverImageDeps> = {}) {
  const { status, body } = await deliver(query, format, { ceilingEnd: async () => '2027-01-01', ...changes });
  return status === 200 ? body : status;
}

beforeEach(() => {
  forgetAll();
  shelves.clear();
  keep('/a.jpg', 'one', FILE);
});

describe('over the ceiling', () => {
  test('a size that was not made is the smallest one that is wider, else the widest', async () => {
    for (const width of [100, 300, 500]) await make(`tr=w-${width}`);

    expect(await over('tr=w-200')).toBe('300 x 225 webp');
    expect(await over('tr=w-301')).toBe('500 x 375 webp');
    expect(await over('tr=h-450')).toBe('500 x 375 webp');
    expect(await over('tr=w-50,dpr-2')).toBe('100 x 75 webp');
    expect(await over('')).toBe('500 x 375 webp');
    expect(await over('tr=w-200,h-200,c-at_max')).toBe('300 x 225 webp');
  });

  test('it says that it is another one, for a minute, and is purged with what was asked for', async () => {
    const { headers: own } = await make('tr=w-300');
    const { headers } = await deliver('tr=w-200', 'webp', { ceilingEnd: async () => '2027-01-01' });

    expect(headers).toMatchObject({
      'x-vitrine-nearest': '300 x 225 instead of 200 x 150',
      'cache-control': 'public, max-age=60',
      'content-type': 'image/webp',
    });
    expect(headers['x-amz-meta-cache-tag']).toBe(own['x-amz-meta-cache-tag']);
    expect([...variants.keys()]).toHaveLength(1);
  });

  test('the first answer of a picture that waits for its better encoding stands for others, too', async () => {
    const encoding = { level: 'normal', bytesOfSecond: 1, bytesOfStore: 0 } as const;
    const improvable: RenderImage = async (...asked) => ({
      ...(await render(...asked)),
      bytes: bytes('first answer'.padEnd(400_000)),
      improvable: { pixels: 4000 },
    });
    await deliver('tr=w-300', 'webp', { encoding, render: improvable });
    expect([...variants.keys()]).toEqual([firstAnswerKey(shelves.values().next().value?.[0]?.key ?? '')]);

    expect(await over('tr=w-200')).toContain('first answer');
  });

  test('a client gets what it can show: its own format, or what everybody can', async () => {
    await make('tr=w-300', 'avif');
    await make('tr=w-500', 'plain');
    await make('tr=w-400,f-png', 'plain');

    expect(await over('tr=w-200', 'avif')).toBe('300 x 225 avif');
    expect(await over('tr=w-200', 'webp')).toBe('500 x 375 jpeg');
    expect(await over('tr=w-200', 'plain')).toBe('500 x 375 jpeg');
    expect(await over('tr=w-200,f-png', 'plain')).toBe('400 x 300 png');
    expect(await over('tr=w-200,f-webp', 'plain')).toBe(503);
  });

  it.each([
    ['a crop', 'tr=w-200,h-200'],
    ['a picture that is pulled out of shape', 'tr=w-200,h-200,c-force'],
    ['an area', 'tr=w-200,h-150,cm-extract'],
    ['an effect', 'tr=w-200,e-grayscale'],
    ['a turn', 'tr=w-200,rt-90'],
    ['a text', 'tr=w-200,l-text,i-hello,l-end'],
    ['two steps', 'tr=w-400:w-200'],
    ['a picture with its metadata', 'tr=w-200,md-true'],
    ['a file to be saved', 'tr=w-200&ik-attachment=true'],
    ['a name', 'tr=n-thumb'],
  ])('%s is refused, and stands for nothing', async (_, query) => {
    names.set('thumb', { id: 'n', name: 'thumb', transformation: 'w-200', enabled: true, createdAt: '', revision: 1 });
    await make(query);
    expect(shelves.size).toBe(0);
    variants.clear();
    await make('tr=w-300');

    expect(await over(query)).toBe(503);
  });

  test('a new version has no picture of the one before', async () => {
    await make('tr=w-300');
    keep('/a.jpg', 'two', FILE);

    expect(await over('tr=w-200')).toBe(503);
  });

  test('a private file shows no size that nobody signed', async () => {
    await make('tr=w-300');
    keep('/a.jpg', 'one', { ...FILE, isPrivate: true });

    expect(await over('tr=w-200')).toBe(401);
  });

  test('what is gone from storage is passed over, and so is a table that is away', async () => {
    await make('tr=w-300');
    await make('tr=w-500');
    variants.delete(shelves.values().next().value?.[0]?.key ?? '');

    expect(await over('tr=w-200')).toBe('500 x 375 webp');
    const away = { ...wholePictures, near: async () => Promise.reject(new Error('away')) };
    expect(await over('tr=w-200', 'webp', { wholePictures: away })).toBe(503);
    expect(reports).toEqual(['nearest-variant-unknown']);
  });

  test('an owner who refuses has no notes, and nothing stands for anything', async () => {
    const usual = deps({ render });
    await (await deliverImage(usual, ask('/a.jpg', 'tr=w-300'))).stored;

    const refused = await deliverImage({ ...usual, ceilingEnd: async () => '2027-01-01' }, ask('/a.jpg', 'tr=w-200'));

    expect([refused.status, shelves.size]).toEqual([503, 0]);
  });
});

test('a picture that is not what its size says stands for nothing', async () => {
  const limited: RenderImage = async (...asked) => ({ ...(await render(...asked)), limited: '1 x 1 instead of 2 x 2' });
  const other: RenderImage = async (...asked) => ({ ...(await render(...asked)), width: 12 });
  for (const one of [limited, other]) await deliver('tr=w-300', 'webp', { render: one });

  expect(shelves.size).toBe(0);
});
