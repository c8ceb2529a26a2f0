import { expect, test } from 'vitest';
import { pathsInNames } from '../../../../lambda/core/settings/named-transformations/paths-in-names.ts';

const named = (name: string, transformation: string, enabled = true) => ({
  ...{ id: name, name, transformation, enabled, createdAt: '', revision: 1 },
});

test.each([
  ['w-100,di-shop@@none.png', ['default-image /shop/none.png']],
  ['w-100:l-image,i-brand@@logo.png,w-20,l-end', ['layer /brand/logo.png']],
  ['l-image,i-a.png,l-image,i-b.png,l-end,l-end', ['layer /a.png', 'layer /b.png']],
  ['l-text,i-Hello,ff-fonts@@own.ttf,l-end', ['font /fonts/own.ttf']],
  [
    'if-w_gt_100,l-image,i-big.png,l-end,if-else,l-image,i-small.png,l-end,if-end',
    ['layer /big.png', 'layer /small.png'],
  ],
  ['w-100,h-100', []],
])('%s names %j', async (transformation, paths) => {
  const found = await pathsInNames([named('one', transformation)]);

  expect(found.map(({ as, path }) => `${as} ${path}`)).toEqual(paths);
});

test('a name within a name uses what it uses; one that is off counts, one that cannot be read does not', async () => {
  const found = await pathsInNames([
    named('inner', 'l-image,i-logo.png,l-end', false),
    named('outer', 'w-10:n-inner'),
    named('broken', 'l-image,i-lost.png,l-end:n-gone'),
  ]);

  expect(found.map(({ name, path }) => `${name} ${path}`)).toEqual(['inner /logo.png', 'outer /logo.png']);
});
