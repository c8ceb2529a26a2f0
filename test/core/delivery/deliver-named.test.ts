import { beforeEach, expect, test } from 'vitest';
import { deliverImage } from '../../../lambda/core/delivery/deliver-image.ts';
import type { Step } from '../../../lambda/core/plan/plan.ts';
import { ask, assets, dependencies, deps, forgetAll, keep, names, text, variants } from './memory-delivery.ts';

const name = (called: string, transformation: string, { enabled = true, revision = 1 } = {}) =>
  names.set(called, { id: called, name: called, transformation, enabled, createdAt: '', revision });

beforeEach(() => {
  forgetAll();
  keep('/a.jpg', 'photo');
});

test('a picture is noted under every name that it was made with, before it is stored', async () => {
  name('inner', 'w-10');
  name('thumb', 'n-inner,q-50');
  const request = ask('/a.jpg', 'tr=n-thumb');
  const stored: number[] = [];
  const { put } = deps().variants;

  const answer = await deliverImage(
    deps({
      variants: {
        ...deps().variants,
        put: (...args) => {
          stored.push(dependencies.length);
          return put(...args);
        },
      },
    }),
    request,
  );
  await answer.stored;

  expect(answer.status).toBe(200);
  expect(dependencies).toEqual([[request.path.slice(1), 'name:thumb', 'name:inner']]);
  expect(stored).toEqual([1]);
});

test('an original that a name asks for is noted as well', async () => {
  name('file', 'orig-true');

  const answer = await deliverImage(deps(), ask('/a.jpg', 'tr=n-file'));

  expect([answer.status, dependencies[0]?.[1]]).toEqual([200, 'name:file']);
});

test('a name that changes during the work is not delivered in its old meaning', async () => {
  name('thumb', 'w-10');
  const seen: unknown[] = [];
  const { render } = deps();

  const answer = await deliverImage(
    deps({
      render: async (source, plan, ...rest) => {
        seen.push((plan.steps[0] as Step).width);
        if (seen.length === 1) name('thumb', 'w-20', { revision: 2 });
        return render(source, plan, ...rest);
      },
    }),
    ask('/a.jpg', 'tr=n-thumb'),
  );
  await answer.stored;

  expect(seen).toEqual([
    { kind: 'pixels', value: 10 },
    { kind: 'pixels', value: 20 },
  ]);
  expect([answer.status, variants.size]).toEqual([200, 1]);
});

test('a name that changes while its picture is being stored takes the picture along', async () => {
  name('thumb', 'w-10');
  const { put } = deps().variants;

  const answer = await deliverImage(
    deps({
      variants: {
        ...deps().variants,
        put: async (...args) => {
          await put(...args);
          names.delete('thumb');
        },
      },
    }),
    ask('/a.jpg', 'tr=n-thumb'),
  );
  await answer.stored;

  expect([answer.status, variants.size]).toEqual([200, 0]);
});

test('a name that is unknown or switched off is a 400 that nobody keeps for long', async () => {
  name('off', 'w-1', { enabled: false });

  for (const item of ['n-off', 'n-nobody']) {
    const { status, headers } = await deliverImage(deps(), ask('/a.jpg', `tr=${item}`));
    expect([status, headers['cache-control']]).toEqual([400, 'public, max-age=10']);
    expect(headers['ik-error']).toMatch(/^EINVAL - There is no named transformation/);
  }
});

test('what the owner has named may be seen of a private file, for a moment and stored nowhere', async () => {
  assets.clear();
  keep('/a.jpg', 'secret', { isPrivate: true });
  name('blurred', 'w-10,bl-50');
  name('file', 'orig-true');

  const shown = await deliverImage(deps(), ask('/a.jpg', 'tr=n-blurred'));
  const [file, mixed] = [
    await deliverImage(deps(), ask('/a.jpg', 'tr=n-file')),
    await deliverImage(deps(), ask('/a.jpg', 'tr=n-blurred,w-500')),
  ];

  expect([shown.status, text(shown.body), shown.headers['cache-control']]).toEqual([
    200,
    'rendered secret',
    'public, max-age=60',
  ]);
  expect([file.status, mixed.status, variants.size]).toEqual([401, 401, 0]);
});
