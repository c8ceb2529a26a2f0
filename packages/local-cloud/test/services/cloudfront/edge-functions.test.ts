import { describe, expect, it } from 'vitest';
import { answering, picture, runCdn, seen } from './running-cdn.ts';

/** What a viewer-request function sees, as the body of its answer. */
const SHOW = `function handler(event) {
  return { statusCode: 200, headers: { 'content-type': { value: 'application/json' } }, body: JSON.stringify(event) };
}`;

describe('the event of a viewer-request function', () => {
  it('has the raw path, parsed parameters and cookies, lower-case headers, and nothing of CloudFront’s own', async () => {
    const { url } = await runCdn(picture, picture, { functions: { 'viewer-request': SHOW } });

    const answer = await fetch(`${url}/a%20b/%2F?x=1&y=%20&x=2&__proto__=p&flag`, {
      headers: { Cookie: 'a=1; b=2', 'X-Own': 'é', 'x-amz-cf-id': 'forged', 'x-forwarded-proto': 'https' },
    });
    const event = JSON.parse(await answer.text());

    expect(event).toMatchObject({
      version: '1.0',
      context: { distributionId: 'D1', eventType: 'viewer-request', requestId: answer.headers.get('x-amz-cf-id') },
      viewer: { ip: '127.0.0.1' },
      request: {
        method: 'GET',
        uri: '/a%20b/%2F',
        cookies: { a: { value: '1' }, b: { value: '2' } },
        headers: { 'x-own': { value: 'é' }, host: { value: url.slice(7) } },
      },
    });
    expect(Object.entries(event.request.querystring)).toEqual([
      ['x', { value: '1', multiValue: [{ value: '1' }, { value: '2' }] }],
      ['y', { value: '%20' }],
      ['__proto__', { value: 'p' }],
      ['flag', { value: '' }],
    ]);
    expect(Object.keys(event.request.headers)).not.toEqual(expect.arrayContaining(['cookie']));
    expect(event.request.headers['x-amz-cf-id'] ?? event.request.headers['x-forwarded-proto']).toBeUndefined();
  });
});

describe('a viewer-request function', () => {
  it('rewrites path, query and headers', async () => {
    const rewrite = `function handler(event) {
      var request = event.request;
      request.uri = '/new/%C3%A9';
      request.querystring = { b: { value: '2' }, a: { value: '1', multiValue: [{ value: '1' }, { value: '3' }] } };
      request.headers['x-url'] = { value: 'first', multiValue: [{ value: 'first' }, { value: 'é' }] };
      return request;
    }`;
    const { url, first } = await runCdn(picture, picture, {
      functions: { 'viewer-request': rewrite },
      cachePolicy: {
        ParametersInCacheKeyAndForwardedToOrigin: {
          HeadersConfig: { HeaderBehavior: 'none' },
          QueryStringsConfig: { QueryStringBehavior: 'all' },
        },
      },
    });

    expect((await fetch(`${url}/old?c=3`)).status).toBe(200);

    expect(first.requests[0]?.url).toBe('/new/%C3%A9?b=2&a=1&a=3');
    expect(first.requests[0]?.headers['x-url']).toBe('first, \xc3\xa9');
  });

  it('answers with headers, cookies and a body in base64', async () => {
    const answer = `function handler() {
      return {
        statusCode: 302,
        headers: { location: { value: '/é' }, 'content-length': { value: '99' } },
        cookies: { a: { value: '1', attributes: 'Secure; Path=/' }, b: { value: '2' } },
        body: { encoding: 'base64', data: 'aGk=' },
      };
    }`;
    const { url, first } = await runCdn(picture, picture, { functions: { 'viewer-request': answer } });

    const response = await fetch(`${url}/a`, { redirect: 'manual' });

    expect(response.headers.getSetCookie()).toEqual(['a=1; Secure; Path=/', 'b=2']);
    expect(response.headers.get('location')).toBe('/\xc3\xa9');
    expect(await seen(response)).toEqual([302, 'FunctionGeneratedResponse', null, 'hi']);
    expect(first.requests).toHaveLength(0);
  });

  it.each([
    ['nothing', 'return undefined;'],
    ['a list', 'return [];'],
    ['a relative URI', 'event.request.uri = "a"; return event.request;'],
    ['a URI with a space', 'event.request.uri = "/a b"; return event.request;'],
    ['a URI with a line end', 'event.request.uri = "/a\\r\\nx: y"; return event.request;'],
    ['a URI with a query', 'event.request.uri = "/a?b"; return event.request;'],
    ['a query with a fragment', 'event.request.querystring = { a: { value: "#" } }; return event.request;'],
    ['a query parameter without value', 'event.request.querystring = { a: "1" }; return event.request;'],
    ['a header in upper case', 'event.request.headers["X-A"] = { value: "1" }; return event.request;'],
    ['a header without value', 'event.request.headers["x-a"] = "1"; return event.request;'],
    ['a header with a line end', 'event.request.headers["x-a"] = { value: "1\\r\\nx-b: 2" }; return event.request;'],
    ['a malformed header name', 'event.request.headers["x a"] = { value: "1" }; return event.request;'],
    ['another host', 'event.request.headers.host = { value: "other" }; return event.request;'],
    ['a via header', 'event.request.headers.via = { value: "1.1 me" }; return event.request;'],
    ['a header of CloudFront’s own', 'event.request.headers["x-amz-cf-id"] = { value: "1" }; return event.request;'],
    ['a status that is none', 'return { statusCode: 99 };'],
    ['a status as text', 'return { statusCode: "200" };'],
    ['a cookie with a line end', 'return { statusCode: 200, cookies: { a: { value: "1\\nb" } } };'],
    ['an x-cache header', 'return { statusCode: 200, headers: { "x-cache": { value: "Hit" } } };'],
  ])('may not return %s', async (_, body) => {
    const code = `function handler(event) { ${body} }`;
    const { url, first, log } = await runCdn(picture, picture, { functions: { 'viewer-request': code } });

    const answer = await fetch(`${url}/a`);

    expect([answer.status, answer.headers.get('x-cache')]).toEqual([502, 'FunctionValidationError from cloudfront']);
    expect(first.requests).toHaveLength(0);
    expect(log.join()).toContain('an edge function failed');
  });

  it('may take away what it may not change, to no effect', async () => {
    const code = 'function handler(event) { delete event.request.headers.host; return event.request; }';
    const { url } = await runCdn(picture, picture, { functions: { 'viewer-request': code } });

    expect((await fetch(`${url}/a`)).status).toBe(200);
  });

  it('that throws or does not end is answered 503, without its message', async () => {
    const code = `function handler(event) {
      if (event.request.uri === '/loop') { while (true) {} }
      throw new Error('secret');
    }`;
    const { url, log } = await runCdn(picture, picture, { functions: { 'viewer-request': code } });

    for (const path of ['/throw', '/loop']) {
      const answer = await fetch(url + path);
      expect([answer.status, answer.headers.get('x-cache')]).toEqual([503, 'FunctionExecutionError from cloudfront']);
      expect(await answer.text()).not.toContain('secret');
    }
    expect(log[0]).toContain('secret');
  });

  it('logs into the log', async () => {
    const code = 'function handler(event) { console.log("seen " + event.request.uri); return event.request; }';
    const { url, log } = await runCdn(picture, picture, { functions: { 'viewer-request': code } });

    await fetch(`${url}/a`);

    expect(log).toEqual(['CDN: viewer-request: seen /a']);
  });
});

describe('a viewer-response function', () => {
  it.each([
    ['viewer', undefined, '/asked x=1 none'],
    ['viewer', 'viewer', '/asked x=1 none'],
    ['rewritten', 'rewritten', '/made  set'],
  ] as const)('sees the request of the reading %s', async (_name, viewerResponseSees, expected) => {
    const rewrite = `function handler(event) {
      event.request.uri = '/made';
      event.request.querystring = {};
      event.request.headers['x-own'] = { value: 'set' };
      return event.request;
    }`;
    const tell = `function handler(event) {
      var request = event.request, own = request.headers['x-own'], x = request.querystring.x;
      event.response.headers['x-seen'] = { value: request.uri + ' ' + (x ? 'x=' + x.value : '') + ' ' + (own ? own.value : 'none') };
      return event.response;
    }`;
    const { url } = await runCdn(picture, picture, {
      functions: { 'viewer-request': rewrite, 'viewer-response': tell },
      options: viewerResponseSees ? { viewerResponseSees } : {},
    });

    expect((await fetch(`${url}/asked?x=1`)).headers.get('x-seen')).toBe(expected);
  });

  it('changes status and headers, sees the age of a hit, and cannot break the framing', async () => {
    const code = `function handler(event) {
      var response = event.response;
      response.statusCode = 203;
      response.headers['x-age'] = response.headers.age || { value: 'none' };
      response.headers['content-length'] = { value: '3' };
      response.cookies.seen = { value: '1' };
      delete response.headers.etag;
      return response;
    }`;
    const { url } = await runCdn(picture, picture, { functions: { 'viewer-response': code } });

    const miss = await fetch(`${url}/a`);
    const hit = await fetch(`${url}/a`);

    expect([miss.headers.get('x-age'), hit.headers.get('x-age'), miss.headers.get('etag')]).toEqual([
      'none',
      '0',
      null,
    ]);
    expect(miss.headers.getSetCookie()).toEqual(['seen=1']);
    expect(await seen(hit)).toEqual([203, 'Hit', '0', '0123456789']);
    expect(await miss.text()).toBe('0123456789');
  });

  it('does not run for an error, be it the origin’s, a cached one or a part that is not there', async () => {
    const code = 'function handler(event) { throw new Error("ran"); }';
    const { url, log } = await runCdn(answering(404, {}, 'gone'), picture, { functions: { 'viewer-response': code } });

    expect(await seen(await fetch(`${url}/a`))).toEqual([404, 'Error', null, 'gone']);
    expect(await seen(await fetch(`${url}/a`))).toEqual([404, 'Error', '0', 'gone']);
    expect(log).toEqual([]);
  });

  it('that fails is answered 503, and the origin’s connection is given back', async () => {
    const code = 'function handler(event) { throw new Error("ran"); }';
    const large = answering(200, { 'cache-control': 'no-store' }, 'x'.repeat(3_000_000));
    const { url } = await runCdn(large, picture, { functions: { 'viewer-response': code } });

    for (let i = 0; i < 5; i++) expect((await fetch(`${url}/a`)).status).toBe(503);
  });
});

describe('what a distribution’s functions need', () => {
  const start = (stores: string[], content: Map<string, string>) =>
    runCdn(picture, picture, {
      options: {
        functions: new Map([['f', { code: 'function handler(event) { return event.request; }', stores }]]),
        keyValueStores: new Map([['store', content]]),
      },
    });

  it('is a store that is there, and one at most', async () => {
    await expect(start(['other'], new Map())).rejects.toThrow('There is no key value store other');
    await expect(start(['store', 'store'], new Map())).rejects.toThrow('more than one');
  });

  it('is within the limits of a store', async () => {
    await expect(start(['store'], new Map([['k'.repeat(513), '']]))).rejects.toThrow('1 to 512 characters');
    await expect(start(['store'], new Map([['k', 'v'.repeat(1025)]]))).rejects.toThrow('1024 are allowed');
    const many = new Map(Array.from({ length: 6000 }, (_, i) => [String(i), 'v'.repeat(1024)]));
    await expect(start(['store'], many)).rejects.toThrow('5242880 are allowed');
  });

  it('is there, for every association', async () => {
    const behaviour = { FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: 'missing' }] };

    await expect(runCdn(picture, picture, { behaviour })).rejects.toThrow('There is no edge function missing');
    await expect(runCdn(picture, picture, { behaviour: { CachePolicyId: 'x' } })).rejects.toThrow('no cache policy x');
    await expect(runCdn(picture, picture, { behaviour: { OriginRequestPolicyId: 'x' } })).rejects.toThrow(
      'no origin request policy x',
    );
    await expect(runCdn(picture, picture, { behaviour: { ResponseHeadersPolicyId: 'x' } })).rejects.toThrow(
      'no response headers policy x',
    );
  });
});
