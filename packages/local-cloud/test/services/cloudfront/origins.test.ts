import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type Answer, answering, missing, NOTHING, picture, runCdn, seen } from './running-cdn.ts';

const EVERY_METHOD = { AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'] };

const ORIGINS = (more: object) => ({ Origins: [{ Id: 'one', ...more }, { Id: 'two' }] });

describe('what an origin gets', () => {
  it('is the listed headers, those of the CDN itself, and none of the viewer’s others', async () => {
    const { url, first } = await runCdn(picture, picture, {
      distribution: ORIGINS({ OriginCustomHeaders: [{ HeaderName: 'X-Secret', HeaderValue: 's' }] }),
    });
    const viewer = { 'x-url': 'u', cookie: 'c=1', authorization: 'secret', 'x-amz-cf-id': 'forged', via: 'forged' };

    const answer = await fetch(`${url}/a?q=1`, { headers: { ...viewer, 'user-agent': 'me', accept: 'image/*' } });

    const { headers } = first.requests[0] as IncomingMessage;
    expect(headers).toEqual({
      'x-url': 'u',
      'x-secret': 's',
      'user-agent': 'Amazon CloudFront',
      via: '1.1 local.cloudfront.net (CloudFront)',
      'x-amz-cf-id': answer.headers.get('x-amz-cf-id'),
      host: first.url.slice(7),
      connection: 'keep-alive',
    });
  });

  it('is the path below the origin’s own, and what the policies select of the query', async () => {
    const { url, first } = await runCdn(picture, picture, {
      distribution: ORIGINS({ OriginPath: '/site' }),
      cachePolicy: {
        ParametersInCacheKeyAndForwardedToOrigin: {
          ...NOTHING,
          QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['b', 'c'] },
        },
      },
    });

    for (const query of ['a=1&b=2&c', 'b=2&c&a=9', 'b=3']) await fetch(`${url}/x//y%2F?${query}`);

    expect(first.requests.map((request) => request.url)).toEqual(['/site/x//y%2F?b=2&c', '/site/x//y%2F?b=3']);
  });

  it('is the body, with what describes it', async () => {
    const bodies: string[] = [];
    const echo: Answer = async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      bodies.push(`${request.method} ${request.headers['content-type']} ${Buffer.concat(chunks)}`);
      response.writeHead(201).end('made');
    };
    const { url } = await runCdn(echo, picture, { behaviour: EVERY_METHOD });
    const post = () => fetch(`${url}/a`, { method: 'POST', body: 'text', headers: { 'content-type': 'text/x' } });

    expect(await seen(await post())).toEqual([201, 'Miss', null, 'made']);
    expect(await seen(await post())).toEqual([201, 'Miss', null, 'made']);
    expect(bodies).toEqual(['POST text/x text', 'POST text/x text']);
  });
});

describe('failover', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])('happens for %s', async (method) => {
    const { url, second } = await runCdn(missing, picture);

    expect((await fetch(`${url}/a`, { method })).status).toBe(200);
    expect(second.requests[0]?.method).toBe(method);
  });

  it.each(['POST', 'PUT', 'DELETE'])('does not happen for %s', async (method) => {
    const { url, second } = await runCdn(missing, picture, { behaviour: EVERY_METHOD });

    expect((await fetch(`${url}/a`, { method })).status).toBe(403);
    expect(second.requests).toHaveLength(0);
  });

  it('does not happen for an unreachable origin when 502 is not listed', async () => {
    const group = {
      Id: 'group',
      FailoverCriteria: { StatusCodes: { Items: [404] } },
      Members: { Items: [{ OriginId: 'one' }, { OriginId: 'two' }] },
    };
    const { url, second, log } = await runCdn((request) => void request.socket.destroy(), picture, {
      distribution: { OriginGroups: { Items: [group] } },
    });

    expect((await fetch(`${url}/a`)).status).toBe(502);
    expect(second.requests).toHaveLength(0);
    expect(log.join()).toContain('origin one');
  });

  it('hands on that a function is throttled, and asks again for the next viewer', async () => {
    let isFirst = true;
    const throttledOnce: Answer = (request, response) => {
      if (isFirst) response.writeHead(429).end('Rate Exceeded.');
      else picture(request, response);
      isFirst = false;
    };
    const { url } = await runCdn(missing, throttledOnce);

    expect((await fetch(`${url}/a`)).status).toBe(429);
    expect((await fetch(`${url}/a`)).status).toBe(200);
  });

  it('gives the answer of the last origin when all fail', async () => {
    const { url } = await runCdn(missing, answering(403, {}, 'last'));

    expect(await seen(await fetch(`${url}/a`))).toEqual([403, 'Error', null, 'last']);
  });
});

describe('an origin', () => {
  it('that says nothing for too long is answered 504', async () => {
    const { url } = await runCdn(() => {}, picture, {
      behaviour: { TargetOriginId: 'one' },
      distribution: ORIGINS({ CustomOriginConfig: { OriginReadTimeout: 0.05 } }),
    });

    expect((await fetch(`${url}/a`)).status).toBe(504);
  });

  it('that closed a kept connection is asked once more', async () => {
    const server = createServer((request, response) => {
      response.end(request.url);
      // No word of it to the client, as when a time limit of the origin strikes.
      response.on('finish', () => setImmediate(() => request.socket.resetAndDestroy()));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { url } = await runCdn(picture, picture, {
      behaviour: { TargetOriginId: 'one' },
      options: { origins: new Map([['one', { baseUrl }]]) },
    });

    const answers = [];
    for (let i = 0; i < 20; i++) answers.push(await (await fetch(`${url}/${i}`)).text());
    server.close();

    expect(answers).toEqual(Array.from({ length: 20 }, (_, i) => `/${i}`));
  });

  it('that must be named to be found stops the start when it is not there', async () => {
    await expect(runCdn(picture, picture, { behaviour: { TargetOriginId: 'three' } })).rejects.toThrow(
      'The origin three has no place',
    );
  });
});
