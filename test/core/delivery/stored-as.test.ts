import { beforeEach, describe, expect, test } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import { ask, bytes, deps, forgetAll, keep, settings, text, variants } from './memory-delivery.ts';

beforeEach(forgetAll);

/** Sends a request, waits until its answer is stored. */
async function send(path: string, query: string, changes: Parameters<typeof deps>[0] = {}) {
  const { status, headers, body, stored } = await deliverImage(deps(changes), ask(path, query));
  await stored;
  const content = body instanceof ReadableStream ? await new Response(body).text() : text(body);
  return { status, content, ignored: headers['x-vitrine-ignored'], type: headers['content-type'] };
}

/** Counts what is rendered. */
function counting() {
  let count = 0;
  const { render } = deps();
  return {
    changes: { render: async (...args: Parameters<typeof render>) => render(bytes(`${++count}`), ...tail(args)) },
    count: () => count,
  };
}

const tail = <First, Rest extends unknown[]>([, ...rest]: [First, ...Rest]): Rest => rest;

const keyOf = (query: string) => ask('/a.jpg', query).path.slice(1);

describe('a URL with what has no meaning', () => {
  test.each([
    ['an unknown item', 'tr=w-10,zz-1', 'tr=w-10'],
    ['unknown items without end', 'tr=w-10,zz-1:yy-2:xx', 'tr=w-10'],
    ['nothing else', 'tr=zz-1', ''],
    ['an unknown item in a layer', 'tr=l-text,i-a,zz-1,l-end', 'tr=l-text,i-a,l-end'],
    ['an unknown item in a condition', 'tr=if-w_gt_1,zz-1,w-10,if-end', 'tr=if-w_gt_1,w-10,if-end'],
    ['zeros before a number', 'tr=r-0020,b-007_red', 'tr=r-20,b-7_red'],
    ['zeros in a layer', 'tr=l-text,i-a,fs-0020,lx-N0010,l-end', 'tr=l-text,i-a,fs-20,lx-N10,l-end'],
    ['zeros beside some that count', 'tr=bg-000000,r-0020', 'tr=bg-000000,r-20'],
    ['zeros behind a point', 'tr=ar-1.50-1', 'tr=ar-1.5-1'],
  ])('makes no variant of its own: %s', async (_, written, meant) => {
    keep('/a.jpg', 'one');
    const { changes, count } = counting();

    const first = await send('/a.jpg', written, changes);
    const again = await send('/a.jpg', written, changes);

    expect([...variants.keys()]).toEqual([keyOf(meant)]);
    expect(count()).toBe(1);
    expect(again).toEqual(first);
    expect(first).toMatchObject({ status: 200, content: 'rendered 1', type: 'image/webp' });
  });

  test('is not answered with what was made before its folder was stale', async () => {
    keep('/a.jpg', 'one');
    await send('/a.jpg', 'tr=w-10');
    keep('/a.jpg', 'two');
    const before = ask('/a.jpg', 'tr=w-10,zz-1');
    const path = before.path.replace('.webp', '-mmf0x.webp');

    const { body, stored } = await deliverImage(deps(), { ...before, path });
    await stored;

    expect(text(body as Uint8Array)).toBe('rendered two');
    expect([...variants.keys()]).toEqual([keyOf('tr=w-10'), keyOf('tr=w-10').replace('.webp', '-mmf0x.webp')]);
  });

  test('says what was left out, whoever asked first', async () => {
    keep('/a.jpg', 'one');

    const spelled = await send('/a.jpg', 'tr=w-10,zz-1');
    const plain = variants.get(keyOf('tr=w-10'))?.headers.ignored;
    const other = await send('/a.jpg', 'tr=w-10,zz-%C3%A9');

    expect([spelled.ignored, plain, other.ignored]).toEqual(['zz-1', undefined, 'zz-%C3%A9']);
  });

  test('is told what the stored picture lacks beside it', async () => {
    keep('/a.jpg', 'one');
    const { render } = deps();
    const still = {
      render: async (...args: Parameters<typeof render>) => ({ ...(await render(...args)), leftOut: ['animation'] }),
    };

    const first = await send('/a.jpg', 'tr=w-10,zz-1', still);
    const second = await send('/a.jpg', 'tr=w-10,zz-1', still);

    expect([first.ignored, second.ignored]).toEqual(['zz-1, animation', 'zz-1, animation']);
  });

  test('is not counted as a new picture when it is stored', async () => {
    keep('/a.jpg', 'one');
    await send('/a.jpg', 'tr=w-10');
    const { changes, count } = counting();

    const { status } = await send('/a.jpg', 'tr=w-10,zz-2', { ...changes, mayRender: () => false });

    expect([status, count()]).toEqual([200, 0]);
  });

  test('is no other copy of a file that is not transformed', async () => {
    keep('/a.jpg', 'file', { contentType: 'application/pdf', fileType: 'non-image' });

    const answers = [await send('/a.jpg', 'tr=zz-1'), await send('/a.jpg', 'tr=zz-2')];

    expect(answers.map(({ content, ignored }) => [content, ignored])).toEqual([
      ['file', 'zz-1'],
      ['file', 'zz-2'],
    ]);
    expect([...variants.keys()]).toEqual([keyOf('')]);
  });

  test('keeps its own copy where the file is too large to pass through', async () => {
    keep('/a.jpg', 'file', { contentType: 'video/mp4', fileType: 'non-image', size: LIMITS.sourceBytes + 1 });
    const request = ask('/a.jpg', 'tr=zz-1');

    const { status, stored } = await deliverImage(deps(), request);
    await stored;

    expect([status, [...variants.keys()]]).toEqual([307, [request.path.slice(1)]]);
  });

  test('is seen by nobody who may not see the file', async () => {
    keep('/a.jpg', 'one');
    await send('/a.jpg', 'tr=w-10');
    keep('/a.jpg', 'two', { isPrivate: true });
    settings.set('endpoint:default', '{"paused":false,"named":true}');

    const bare = await send('/a.jpg', 'tr=w-10,zz-1');

    expect(bare.status).toBe(401);
  });
});

describe('what has a meaning', () => {
  test.each([
    'tr=bg-000000',
    'tr=l-text,i-007,l-end',
    'tr=fo-face,w-10,h-10',
    'tr=w-10,h-10',
    'tr=q-50',
    'tr=f-png',
    '',
  ])('is stored under its own key: %s', async (query) => {
    keep('/a.jpg', 'one');

    await send('/a.jpg', query);

    expect([...variants.keys()]).toEqual([keyOf(query)]);
  });
});
