import { describe, expect, it } from 'vitest';
import { type Answer, answering, picture, runCdn, seen } from './running-cdn.ts';

describe('an invalidation by tag', () => {
  const tagged = (tags: string): Answer => answering(200, { 'cache-control': 'max-age=50', 'x-tags': tags }, 'x');
  const distribution = { CacheTagConfig: { HeaderName: 'X-Tags' } };
  const outcome = async (url: string) => (await seen(await fetch(url)))[1];

  it('takes what carries the tag, at whatever path, and nothing else', async () => {
    const { url, cdn } = await runCdn(
      (request, response) => tagged(`${request.url?.slice(1)}, all`)(request, response),
      picture,
      {
        distribution,
      },
    );
    for (const path of ['/a', '/b']) await fetch(`${url}${path}`);

    cdn.invalidate(['#B']);
    expect([await outcome(`${url}/a`), await outcome(`${url}/b`)]).toEqual(['Hit', 'Miss']);
    cdn.invalidate(['#all']);
    expect([await outcome(`${url}/a`), await outcome(`${url}/b`)]).toEqual(['Miss', 'Miss']);
  });

  it('does nothing where the distribution names no header', async () => {
    const { url, cdn } = await runCdn(tagged('a'), picture);
    await fetch(`${url}/a`);

    cdn.invalidate(['#a']);

    expect(await outcome(`${url}/a`)).toBe('Hit');
  });

  it('takes an answer that was on its way, before and after its headers', async () => {
    const open: (() => void)[] = [];
    const { url, cdn } = await runCdn(
      (_, response) => {
        open.push(
          () =>
            void response
              .writeHead(200, { 'cache-control': 'max-age=50', 'x-tags': 'a', 'content-length': '2' })
              .write('x'),
          () => void response.end('y'),
        );
      },
      picture,
      { distribution },
    );
    const before = fetch(`${url}/before`);
    await expect.poll(() => open.length).toBe(2);
    cdn.invalidate(['#a']);
    open[0]?.();
    open[1]?.();
    expect(await (await before).text()).toBe('xy');

    const after = fetch(`${url}/after`);
    await expect.poll(() => open.length).toBe(4);
    open[2]?.();
    const response = await after;
    cdn.invalidate(['#a']);
    open[3]?.();
    expect(await response.text()).toBe('xy');

    for (const path of ['/before', '/after']) void fetch(`${url}${path}`).catch(() => {});
    await expect.poll(() => open.length).toBe(8);
  });
});
