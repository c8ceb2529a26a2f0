import { beforeEach, expect, test } from 'vitest';
import { cacheTag } from '../../../lambda/core/delivery/cache-tags.ts';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import type { DeliverImageDeps } from '../../../lambda/core/delivery/deliver-image-deps.ts';
import type { NamedTransformation } from '../../../lambda/core/settings/named-transformations/named-transformation.ts';
import { ask, assets, deps, forgetAll, keep, names, queued, reports, settings, variants } from './memory-delivery.ts';

beforeEach(() => {
  forgetAll();
  keep('/a.jpg', 'old');
  keep('/logo.png', 'logo');
  named('small', 1);
});

const named = (name: string, revision: number): void => {
  names.set(name, {
    id: 'b'.repeat(24),
    name,
    transformation: 'w-10',
    enabled: true,
    createdAt: '2026-11-25T00:00:00.000Z',
    revision,
  } satisfies NamedTransformation);
};

const CHANGES: readonly (readonly [string, () => unknown])[] = [
  ['overwritten', () => keep('/a.jpg', 'new')],
  ['renamed', () => assets.set('/b.jpg', { ...keep('/a.jpg', 'old'), path: '/b.jpg' }) && assets.delete('/a.jpg')],
  ['deleted', () => assets.delete('/a.jpg')],
  ['made private', () => keep('/a.jpg', 'old', { revision: 1, isPrivate: true })],
  ['deleted and made anew', () => keep('/a.jpg', 'old', { revision: 1, assetId: 'c'.repeat(24) })],
];

/** Answers, and lets something change once the answer has been decided; then what a handler does when it is out. */
async function answerDuring(change: () => unknown, query = '', changes: Partial<DeliverImageDeps> = {}) {
  const answer = await deliverImage(deps(changes), ask('/a.jpg', query));
  await answer.stored;
  change();
  await answer.afterwards?.();
  return answer;
}

test.each(CHANGES)('of a file that is %s while its answer goes out the CDN is told again', async (_, change) => {
  const { status, headers } = await answerDuring(change);

  expect([status, headers['cache-control']]).toEqual([200, expect.stringContaining('max-age=31536000')]);
  expect(queued).toEqual([[cacheTag('path', '/a.jpg')]]);
  expect(headers['x-amz-meta-cache-tag']?.split(',')).toContain(cacheTag('path', '/a.jpg'));
});

test.each(CHANGES)('a file that is %s between answer and store: no variant, and the CDN is told', async (_, change) => {
  const base = deps().variants;
  const put: typeof base.put = async (...input) => {
    change();
    await base.put(...input);
  };

  await answerDuring(() => {}, '', { variants: { ...base, put } });

  expect(variants.size).toBe(0);
  expect(queued).toEqual([[cacheTag('path', '/a.jpg')]]);
});

test('what another spelling has stored is looked at again, too', async () => {
  await (await deliverImage(deps(), ask('/a.jpg', 'tr=w-20'))).stored;

  const answer = await answerDuring(() => keep('/a.jpg', 'new'), 'tr=w-20,zz-1');

  expect(answer.headers.etag).toBe('"stored"');
  expect(queued).toEqual([[cacheTag('path', '/a.jpg')]]);
});

test.each([
  ['a layer', 'tr=l-image,i-logo.png,l-end', () => keep('/logo.png', 'new')],
  ['a named transformation', 'tr=n-small', () => named('small', 2)],
])('a change of %s counts, and costs the tag of the one path', async (_, query, change) => {
  const { render } = deps();
  const withLayers: DeliverImageDeps['render'] = async (source, plan, format, loadLayer, focus) => {
    if (query.includes('l-image')) await loadLayer('/logo.png');
    return render(source, plan, format, loadLayer, focus);
  };

  await answerDuring(change, query, { render: withLayers });

  expect(queued).toEqual([[cacheTag('path', '/a.jpg')]]);
});

test('an original is looked at again, too', async () => {
  await answerDuring(() => keep('/a.jpg', 'new'), 'tr=orig-true');

  expect(queued).toEqual([[cacheTag('path', '/a.jpg')]]);
});

test('an error that the CDN keeps is looked at again, one that it does not keep is not', async () => {
  keep('/a.jpg', 'secret', { isPrivate: true });
  const refused = await answerDuring(() => keep('/a.jpg', 'secret'));
  expect([refused.status, refused.headers['cache-control'], queued]).toEqual([401, 'no-store', []]);

  keep('/a.jpg', 'x', { size: 10 ** 9 });
  const tooLarge = await answerDuring(() => keep('/a.jpg', 'x'), 'tr=w-5');
  expect([tooLarge.status, tooLarge.headers['cache-control']]).toEqual([400, expect.stringContaining('max-age=')]);
  expect(queued).toHaveLength(1);
});

test('what did not change, and what was not made of a file, costs nothing', async () => {
  await answerDuring(() => {});
  settings.set('endpoint:default', '{"paused":false}');
  const missing = await deliverImage(deps(), ask('/none.jpg'));
  await missing.afterwards?.();

  expect([missing.status, queued]).toEqual([404, []]);
});

test.each([
  ['before the store looked, nothing is looked at again', 2, 3],
  ['in the millisecond in which the store looked, its file is looked at again', 7, 4],
  ['after the store looked, its file is looked at again', 8, 4],
  ['at an unknown time, its file is looked at again', undefined, 4],
])('when an answer was out %s', async (_, out, looks) => {
  let looked = 0;
  const find = async (path: string) => {
    looked++;
    return assets.get(path);
  };
  const answer = await deliverImage(
    deps({ assets: { find, findVersion: async () => undefined }, now: () => 7 }),
    ask('/a.jpg', 'tr=w-20'),
  );
  await answer.stored;

  await answer.afterwards?.(out);

  expect([looked, queued]).toEqual([looks, []]);
});

test('what changed before the store looked is told, whenever the answer was out', async () => {
  const base = deps().variants;
  const put: typeof base.put = async (...input) => {
    keep('/a.jpg', 'new');
    await base.put(...input);
  };
  const answer = await deliverImage(deps({ variants: { ...base, put }, now: () => 7 }), ask('/a.jpg'));
  await answer.stored;

  await answer.afterwards?.(0);

  expect([variants.size, queued]).toEqual([0, [[cacheTag('path', '/a.jpg')]]]);
});

test('a state that cannot be read counts as changed; a queue that fails is reported', async () => {
  let fails = false;
  const find = async (path: string) => (fails ? Promise.reject(new Error('throttled')) : assets.get(path));
  const unread = { assets: { find, findVersion: async () => undefined } };
  await answerDuring(() => (fails = true), '', unread);
  expect(queued).toEqual([[cacheTag('path', '/a.jpg')]]);

  fails = false;
  const queueInvalidation = () => Promise.reject(new Error('throttled'));
  await answerDuring(() => keep('/a.jpg', 'new'), 'tr=w-7', { queueInvalidation });
  expect(reports).toEqual(['invalidation-not-queued']);
});
