import { expect, it } from 'vitest';
import { behaviourFinder } from '../../../src/services/cloudfront/distribution-config.ts';
import { answering, picture, runCdn } from './running-cdn.ts';

const behaviour = (id: string) => ({ TargetOriginId: id, CachePolicyId: 'cache' });

const find = behaviourFinder({
  DefaultCacheBehavior: behaviour('default'),
  CacheBehaviors: ['/img/*', '*.css', '/p?ge', '/a.b/*', '/img/late/*'].map((PathPattern) => ({
    ...behaviour(PathPattern),
    PathPattern,
  })),
});

it.each([
  ['/img/a.jpg', '/img/*'],
  ['/img/', '/img/*'],
  ['/img', 'default'],
  ['/IMG/a', 'default'],
  ['/x/y.css', '*.css'],
  ['/img/y.css', '/img/*'],
  ['/page', '/p?ge'],
  ['/paage', 'default'],
  ['/a.b/c', '/a.b/*'],
  ['/axb/c', 'default'],
  ['/img/late/x', '/img/*'],
  ['/img/../page', '/p?ge'],
  ['/./img/x', '/img/*'],
])('the behaviour for %s is %s', (path, expected) => {
  expect(find(path).TargetOriginId).toBe(expected);
});

it('sends what a behaviour matches to its origin, and the root to the root object', async () => {
  const { url, first, second } = await runCdn(picture, answering(200, {}, 'other'), {
    distribution: {
      DefaultRootObject: 'index.html',
      CacheBehaviors: [{ PathPattern: '/other/*', TargetOriginId: 'two', CachePolicyId: 'cache' }],
    },
  });

  for (const path of ['/', '/a', '/other/x']) await fetch(url + path);

  expect(first.requests.map((request) => request.url)).toEqual(['/index.html', '/a']);
  expect(second.requests.map((request) => request.url)).toEqual(['/other/x']);
});
