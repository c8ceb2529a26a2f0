import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { WebAclVerdict } from '../../../src/services/waf/web-acl.ts';
import { answering, missing, picture, runCdn } from './running-cdn.ts';

const VERDICTS: Readonly<Record<string, WebAclVerdict>> = {
  '/blocked': { action: 'block', status: 403 },
  '/custom': { action: 'block', status: 429, body: 'later', headers: { 'retry-after': '60' } },
};

describe('the local CDN', () => {
  it('asks the second origin when the first says that it has nothing, and then serves from its cache', async () => {
    const { url, first, second } = await runCdn(missing, picture);

    const miss = await fetch(`${url}/a?x=1`);
    const hit = await fetch(`${url}/a?x=2`);

    expect([miss.status, miss.headers.get('x-cache'), await miss.text()]).toEqual([
      200,
      'Miss from cloudfront',
      '0123456789',
    ]);
    expect([hit.headers.get('x-cache'), hit.headers.get('age')]).toEqual(['Hit from cloudfront', '0']);
    expect([first.requests.length, second.requests.length]).toEqual([1, 1]);
  });

  it('does not fail over for a status that is not listed', async () => {
    const { url, second } = await runCdn((_, response) => void response.writeHead(404).end(), picture);

    expect((await fetch(`${url}/a`)).status).toBe(404);
    expect(second.requests).toHaveLength(0);
  });

  it('hands on that the second origin is throttled, and asks again for the next viewer', async () => {
    const { url, second } = await runCdn(missing, answering(429, {}, 'Rate Exceeded.'));

    for (const asked of [1, 2]) {
      const answer = await fetch(`${url}/a`);
      expect([answer.status, await answer.text(), second.requests.length]).toEqual([429, 'Rate Exceeded.', asked]);
    }
  });

  it('fails over when the first origin cannot be reached', async () => {
    const { url } = await runCdn((request) => void request.socket.destroy(), picture);

    expect((await fetch(`${url}/a`)).status).toBe(200);
  });

  it('sends the origin the listed headers and none of the viewer’s others', async () => {
    const { url, first } = await runCdn(picture, picture);

    await fetch(`${url}/a?q=1`, { headers: { 'x-url': 'u', cookie: 'c=1', authorization: 'secret' } });

    const { headers, url: path } = first.requests[0] as IncomingMessage;
    expect(path).toBe('/a');
    expect(headers).toMatchObject({ 'x-url': 'u', 'user-agent': 'Amazon CloudFront', host: first.url.slice(7) });
    expect(headers.cookie ?? headers.authorization).toBeUndefined();
  });

  it('makes one request to the origin of fifty for one cold object', async () => {
    const { url, first } = await runCdn(
      (request, response) => void setTimeout(() => picture(request, response), 50),
      picture,
    );

    const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(`${url}/a`)));

    expect(first.requests).toHaveLength(1);
    expect(answers.filter((answer) => answer.headers.get('x-cache') === 'Miss from cloudfront')).toHaveLength(1);
    expect(new Set(await Promise.all(answers.map((answer) => answer.text())))).toEqual(new Set(['0123456789']));
  });

  it('serves for as long as the origin says, and no-store not at all', async () => {
    const { url, first, clock } = await runCdn(
      (request, response) =>
        request.url === '/never'
          ? void response.writeHead(200, { 'cache-control': 'no-store' }).end()
          : picture(request, response),
      picture,
    );

    await fetch(`${url}/a`);
    clock.now += 49_000;
    expect((await fetch(`${url}/a`)).headers.get('age')).toBe('49');
    clock.now += 2000;
    expect((await fetch(`${url}/a`)).headers.get('x-cache')).toBe('Miss from cloudfront');
    await fetch(`${url}/never`);
    await fetch(`${url}/never`);
    expect(first.requests).toHaveLength(4);
  });

  it('asks again when the clock is put back, instead of serving for an hour more', async () => {
    const { url, first, clock } = await runCdn(picture, picture);
    await fetch(`${url}/a`);

    clock.now -= 3_600_000;

    await fetch(`${url}/a`);
    expect((await fetch(`${url}/a`)).headers.get('x-cache')).toBe('Hit from cloudfront');
    expect(first.requests).toHaveLength(2);
  });

  it('keeps a 404 for ten seconds and longer if told, and a 401 never', async () => {
    const { url, first, clock } = await runCdn(
      (request, response) =>
        void response.writeHead(request.url === '/401' ? 401 : 404, { 'cache-control': 'max-age=2' }).end(),
      picture,
    );

    for (const path of ['/a', '/a', '/401', '/401']) await fetch(url + path);
    expect(first.requests.map((request) => request.url)).toEqual(['/a', '/401', '/401']);
    clock.now += 11_000;
    await fetch(`${url}/a`);
    expect(first.requests).toHaveLength(4);
  });

  it('forgets what is invalidated, by the asked path and by the rewritten one', async () => {
    const rewrite = 'function handler(event) { event.request.uri = "/v" + event.request.uri; return event.request; }';
    const { url, cdn, first } = await runCdn(picture, picture, { functions: { 'viewer-request': rewrite } });
    await fetch(`${url}/a/1`);

    for (const pattern of ['/v/a/*', '/a/1', '/*', '/b']) {
      cdn.invalidate([pattern]);
      await fetch(`${url}/a/1`);
    }

    expect(first.requests.map((request) => request.url)).toEqual(['/v/a/1', '/v/a/1', '/v/a/1', '/v/a/1']);
  });

  it('answers conditions, ranges and HEAD from the cache', async () => {
    const { url, first } = await runCdn(picture, picture);
    await fetch(`${url}/a`);

    const same = await fetch(`${url}/a`, { headers: { 'if-none-match': 'W/"e1"' } });
    const part = await fetch(`${url}/a`, { headers: { range: 'bytes=2-4' } });
    const tail = await fetch(`${url}/a`, { headers: { range: 'bytes=-2' } });
    const beyond = await fetch(`${url}/a`, { headers: { range: 'bytes=50-' } });
    const head = await fetch(`${url}/a`, { method: 'HEAD' });

    expect(same.status).toBe(304);
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
    expect(await tail.text()).toBe('89');
    expect(beyond.status).toBe(416);
    expect([head.headers.get('content-length'), await head.text()]).toEqual(['10', '']);
    expect(first.requests).toHaveLength(1);
  });

  it('lets a viewer-request function answer, and runs no viewer-response function on errors', async () => {
    const edge = {
      'viewer-request':
        'function handler(event) { return event.request.uri === "/no" ? { statusCode: 418, headers: { "x-a": { value: "1" } }, body: "tea" } : event.request; }',
      'viewer-response':
        'function handler(event) { event.response.headers["x-seen"] = { value: event.request.uri }; return event.response; }',
    };
    const { url } = await runCdn(
      (request, response) => (request.url === '/404' ? void response.writeHead(404).end() : picture(request, response)),
      picture,
      { functions: edge },
    );

    const answered = await fetch(`${url}/no`);
    expect([answered.status, answered.headers.get('x-a'), await answered.text()]).toEqual([418, '1', 'tea']);
    expect((await fetch(`${url}/a`)).headers.get('x-seen')).toBe('/a');
    expect((await fetch(`${url}/404`)).headers.get('x-seen')).toBeNull();
  });

  it('answers 503 when a function fails, and refuses one that the edge would not take', async () => {
    const { url } = await runCdn(picture, picture, {
      functions: { 'viewer-request': 'function handler() { return 5; }' },
    });

    expect((await fetch(`${url}/a`)).status).toBe(502);
    await expect(runCdn(picture, picture, { functions: { 'viewer-request': 'const { a } = b;' } })).rejects.toThrow(
      'ObjectPattern',
    );
  });

  it('refuses methods, long URLs and what the web ACL blocks', async () => {
    const { url } = await runCdn(picture, picture, {
      options: {
        webAcl: {
          decide: ({ uri }) => VERDICTS[uri] ?? { action: 'allow' },
          notEvaluated: [],
        },
      },
    });

    expect((await fetch(`${url}/a`, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(`${url}/${'a'.repeat(8200)}`)).status).toBe(414);
    expect((await fetch(`${url}/blocked`, { method: 'DELETE' })).status).toBe(403);
    const custom = await fetch(`${url}/custom`);
    expect([custom.status, custom.headers.get('retry-after'), await custom.text()]).toEqual([429, '60', 'later']);
  });
});
