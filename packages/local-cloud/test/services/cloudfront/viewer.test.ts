import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { answering, picture, runCdn, seen } from './running-cdn.ts';

/** Sends bytes as they are, one character a byte, and gives the answer. */
async function raw(url: string, request: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(Buffer.from(request, 'latin1'));
  return text(socket);
}

const get = (target: string, headers = ''): string =>
  `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`;

const statusOf = (answer: string): number => Number(answer.slice(9, 12));

describe('a viewer', () => {
  it('may not send more than CloudFront takes', async () => {
    const { url, first } = await runCdn(picture, picture);

    expect(statusOf(await raw(url, get(`/${'a'.repeat(8191)}`)))).toBe(200);
    expect(statusOf(await raw(url, get(`/${'a'.repeat(8192)}`)))).toBe(414);
    expect(first.requests).toHaveLength(1);
  });

  it('is told what it may not do', async () => {
    const { url } = await runCdn(picture, picture);

    expect(statusOf(await raw(url, get('/a#b')))).toBe(400);
    const withBody = 'GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}';
    expect(statusOf(await raw(url, withBody))).toBe(403);
    expect(statusOf(await raw(url, `OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`))).toBe(400);
    expect(statusOf(await raw(url, `BREW /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`))).toBe(400);
  });

  it('is refused with a host that the distribution does not have, before anything is asked', async () => {
    const { url, first } = await runCdn(picture, picture);
    const asked = (host: string) => raw(url, `GET /a HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);

    expect(statusOf(await asked('evil.test'))).toBe(403);
    expect(first.requests).toEqual([]);
    expect(statusOf(await asked('localhost:80'))).toBe(200);
  });

  it('may name the host in the request target', async () => {
    const { url, first } = await runCdn(picture, picture);

    expect(statusOf(await raw(url, get('http://other.example/a?b')))).toBe(200);
    expect(first.requests[0]?.url).toBe('/a');
  });

  it('that hangs up at any moment harms nobody else', async () => {
    const { url } = await runCdn((request, response) => void setTimeout(() => picture(request, response), 10), picture);
    const { hostname, port } = new URL(url);
    for (let i = 0; i < 30; i++) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(get(`/hang-${i % 3}`));
      setTimeout(() => socket.resetAndDestroy(), i % 15);
    }

    expect(await seen(await fetch(`${url}/other`))).toEqual([200, 'Miss', null, '0123456789']);
  });

  it('gets header bytes of any encoding through to the origin, and is refused raw bytes in the path', async () => {
    const asIs = 'function handler(event) { return event.request; }';
    const { url, first } = await runCdn(picture, picture, { functions: { 'viewer-request': asIs } });
    const values = ['\xc3\xa9', '\xe9', '\x85', '\xa0a'];

    for (const [i, value] of values.entries()) {
      expect(statusOf(await raw(url, get(`/${i}`, `x-url: ${value}\r\n`)))).toBe(200);
    }

    expect(first.requests.map(({ headers }) => headers['x-url'])).toEqual(values);
    expect(statusOf(await raw(url, get('/\xe9')))).toBe(400);
  });

  it('sees no cookie that an origin sets, and every header that belongs to the answer', async () => {
    const { url } = await runCdn(answering(200, { 'set-cookie': 'a=1', 'x-own': '1' }, 'x'), picture);

    const { headers } = await fetch(`${url}/a`);

    expect([headers.get('set-cookie'), headers.get('x-own')]).toEqual([null, '1']);
    expect(headers.get('x-amz-cf-pop')).toBe('LOCAL');
    expect(headers.get('via')).toContain('CloudFront');
  });
});
