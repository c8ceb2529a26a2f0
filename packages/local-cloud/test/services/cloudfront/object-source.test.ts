import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type Answer, answering, missing, picture, runCdn, seen } from './running-cdn.ts';

/** An answer that waits for the test. */
function held() {
  const open: ServerResponse[] = [];
  const answer: Answer = (_, response) => {
    response.writeHead(200, { 'cache-control': 'max-age=50', 'content-length': '6' }).write('one');
    open.push(response);
  };
  return { answer, open };
}

async function reading(url: string, headers: Record<string, string> = {}) {
  const request: ClientRequest = get(url, { headers });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { request, response };
}

async function rest(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response) text += chunk;
  return text;
}

describe('a miss', () => {
  it('goes to the viewer as it comes; who comes later reads along and is a hit', async () => {
    const { answer, open } = held();
    const { url, first } = await runCdn(answer, picture);
    const early = await reading(`${url}/a`);
    const [begun] = await once(early.response, 'data');
    const late = await reading(`${url}/a`);
    open[0]?.end('two');

    expect(String(begun)).toBe('one');
    expect(await rest(early.response)).toBe('two');
    expect([late.response.headers['x-cache'], late.response.headers.age]).toEqual(['Hit from cloudfront', '0']);
    expect(await rest(late.response)).toBe('onetwo');
    expect(first.requests).toHaveLength(1);
  });

  it('fills the cache although its viewer has gone', async () => {
    const { answer, open } = held();
    const { url, first } = await runCdn(answer, picture);
    const { request, response } = await reading(`${url}/a`);
    response.on('error', () => {});
    request.destroy();
    open[0]?.end('two');

    expect(await seen(await fetch(`${url}/a`))).toEqual([200, 'Hit', '0', 'onetwo']);
    expect(first.requests).toHaveLength(1);
  });

  it('is given up when the last who waits for its first byte has gone', async () => {
    const closed: string[] = [];
    const silent: Answer = ({ url = '' }, response) => void response.once('close', () => closed.push(url));
    const { url, first } = await runCdn(silent, picture);
    const [one, two] = [get(`${url}/a`), get(`${url}/a`)];
    for (const request of [one, two]) request.on('error', () => {});
    await expect.poll(() => first.requests.length).toBe(1);
    const other = get(`${url}/b`).on('error', () => {});
    await expect.poll(() => first.requests.length).toBe(2);

    one.destroy();
    other.destroy();
    await expect.poll(() => closed).toEqual(['/b']);
    two.destroy();
    await expect.poll(() => closed).toEqual(['/b', '/a']);
  });

  it('that was given up is nobody else’s answer: who comes next asks the origin', async () => {
    let isSilent = true;
    const closed: string[] = [];
    const answer: Answer = (request, response) => {
      if (isSilent) response.once('close', () => closed.push(request.url ?? ''));
      else answering(200, {}, 'here')(request, response);
    };
    const { url, first } = await runCdn(answer, picture);
    const one = get(`${url}/a`).on('error', () => {});
    await expect.poll(() => first.requests.length).toBe(1);
    one.destroy();
    await expect.poll(() => closed).toEqual(['/a']);
    isSilent = false;

    expect(await seen(await fetch(`${url}/a`))).toEqual([200, 'Miss', null, 'here']);
  });

  it('is cut for the viewer and not kept when the origin breaks off', async () => {
    const { answer, open } = held();
    const { url, first } = await runCdn(answer, picture);
    const { response } = await reading(`${url}/a`);
    open[0]?.destroy();

    await expect(rest(response)).rejects.toThrow('aborted');
    const again = await reading(`${url}/a`);
    open[1]?.end('two');
    expect(await rest(again.response)).toBe('onetwo');
    expect(first.requests).toHaveLength(2);
  });

  it('waits for the whole to serve a part to who comes later', async () => {
    const { answer, open } = held();
    const { url } = await runCdn(answer, picture);
    const early = await reading(`${url}/a`);
    const part = fetch(`${url}/a`, { headers: { range: 'bytes=2-3' } });
    open[0]?.end('two');

    expect(await seen(await part)).toEqual([206, 'Hit', '0', 'et']);
    expect(await rest(early.response)).toBe('onetwo');
  });

  it('that must not be stored is asked for by everyone who waits', async () => {
    const { url, first } = await runCdn(answering(200, { 'cache-control': 'no-store' }, 'x'), picture);

    const answers = await Promise.all(Array.from({ length: 5 }, () => fetch(`${url}/a`)));

    expect(answers.map((answer) => answer.headers.get('x-cache'))).toEqual(Array(5).fill('Miss from cloudfront'));
    expect(first.requests).toHaveLength(5);
  });

  it('that was invalidated on its way is not kept', async () => {
    const { answer, open } = held();
    const { url, cdn, first } = await runCdn(answer, picture);
    const { response } = await reading(`${url}/a`);
    cdn.invalidate(['/a']);
    open[0]?.end('two');
    await rest(response);

    const again = await reading(`${url}/a`);
    open[1]?.end('new');
    expect(await rest(again.response)).toBe('onenew');
    expect(first.requests).toHaveLength(2);
  });
});

describe('a request for a part', () => {
  const ranged: Answer = ({ headers }, response) =>
    headers.range === undefined
      ? picture({} as IncomingMessage, response)
      : void response.writeHead(206, { 'content-range': 'bytes 2-3/10', 'cache-control': 'max-age=50' }).end('23');

  it('goes to the origin when the object is not here, and the part is not taken for the object', async () => {
    const { url, first } = await runCdn(ranged, picture);

    expect(await seen(await fetch(`${url}/a`, { headers: { range: 'bytes=2-3' } }))).toEqual([206, 'Miss', null, '23']);
    expect(await seen(await fetch(`${url}/a`))).toEqual([200, 'Miss', null, '0123456789']);
    expect(await seen(await fetch(`${url}/a`, { headers: { range: 'bytes=0-1' } }))).toEqual([206, 'Hit', '0', '01']);
    expect(first.requests.map(({ headers }) => headers.range)).toEqual(['bytes=2-3', undefined]);
  });

  it('of an object that has changed gets the whole', async () => {
    const { url } = await runCdn(picture, picture);
    await fetch(`${url}/a`);
    const part = (etag: string) => fetch(`${url}/a`, { headers: { range: 'bytes=0-1', 'if-range': etag } });

    expect([(await part('"e1"')).status, (await part('"e0"')).status]).toEqual([206, 200]);
  });

  it('of several parts gets the whole', async () => {
    const { url } = await runCdn(picture, picture);
    await fetch(`${url}/a`);

    expect((await fetch(`${url}/a`, { headers: { range: 'bytes=0-1,3-4' } })).status).toBe(200);
  });
});

describe('HEAD', () => {
  it('goes to the origin as HEAD when the object is not here, with failover, and fills nothing', async () => {
    const { url, first, second } = await runCdn(missing, picture);

    const head = await fetch(`${url}/a`, { method: 'HEAD' });
    const whole = await fetch(`${url}/a`);

    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, '"e1"', '']);
    expect(await whole.text()).toBe('0123456789');
    expect([...first.requests, ...second.requests].map(({ method }) => method)).toEqual(['HEAD', 'GET', 'HEAD', 'GET']);
  });
});

describe('an object that is no longer fresh', () => {
  /** Answers once with the picture, then as the test says. */
  async function expired(then: Answer, control = 'max-age=50') {
    const running = await runCdn((request, response) => {
      const answer =
        running.first.requests.length > 1 ? then : answering(200, { etag: '"e1"', 'cache-control': control }, 'old');
      answer(request, response);
    }, picture);
    await (await fetch(`${running.url}/a`)).text();
    running.clock.now += 60_000;
    return running;
  }

  it('is renewed by a condition, not sent again', async () => {
    const { url, first, clock } = await expired(answering(304, { 'cache-control': 'max-age=70', 'x-new': '1' }));

    const renewed = await fetch(`${url}/a`);
    clock.now += 69_000;
    const hit = await fetch(`${url}/a`);

    expect(renewed.headers.get('x-new')).toBe('1');
    expect(await seen(renewed)).toEqual([200, 'RefreshHit', '0', 'old']);
    expect(await seen(hit)).toEqual([200, 'Hit', '69', 'old']);
    expect(first.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"e1"']);
  });

  it('is renewed once for fifty viewers', async () => {
    const { url, first } = await expired((_, response) => void setTimeout(() => response.writeHead(304).end(), 30));

    const answers = await Promise.all(Array.from({ length: 50 }, async () => seen(await fetch(`${url}/a`))));

    expect(answers.filter(([, outcome]) => outcome === 'RefreshHit')).toHaveLength(1);
    expect(answers.every(([, , , text]) => text === 'old')).toBe(true);
    expect(first.requests).toHaveLength(2);
  });

  it('is replaced by what is new, and by a client error', async () => {
    const changed = await expired(answering(200, { 'cache-control': 'max-age=50' }, 'new'));
    const gone = await expired(answering(404, {}, 'gone'));

    expect(await seen(await fetch(`${changed.url}/a`))).toEqual([200, 'Miss', null, 'new']);
    expect(await seen(await fetch(`${gone.url}/a`))).toEqual([404, 'Error', null, 'gone']);
    expect(await seen(await fetch(`${gone.url}/a`))).toEqual([404, 'Error', '0', 'gone']);
  });

  it('stands in while the origin fails, and the origin is asked again after the error minimum', async () => {
    const { url, first, clock } = await expired(answering(500, {}, 'broken'));

    expect(await seen(await fetch(`${url}/a`))).toEqual([200, 'Hit', '60', 'old']);
    clock.now += 9000;
    expect(await seen(await fetch(`${url}/a`))).toEqual([200, 'Hit', '69', 'old']);
    expect(first.requests).toHaveLength(2);
    clock.now += 2000;
    await fetch(`${url}/a`);
    expect(first.requests).toHaveLength(3);
  });

  it('does not stand in longer than it may', async () => {
    const forbidden = await expired(answering(500), 'max-age=50, stale-if-error=5');
    const tooOld = await expired(answering(500));
    tooOld.clock.now += 1_000_000;

    expect((await fetch(`${forbidden.url}/a`)).status).toBe(500);
    expect((await fetch(`${tooOld.url}/a`)).status).toBe(500);
  });

  it('is served while it is renewed, if the origin allowed that', async () => {
    const renewing = answering(200, { 'cache-control': 'max-age=50' }, 'new');
    const { url, first } = await expired(renewing, 'max-age=50, stale-while-revalidate=30');

    expect(await seen(await fetch(`${url}/a`))).toEqual([200, 'Hit', '60', 'old']);
    await expect.poll(async () => (await fetch(`${url}/a`)).text()).toBe('new');
    expect(first.requests).toHaveLength(2);
  });
});

describe('errors', () => {
  it('are kept as long as the distribution says', async () => {
    const { url, first, clock } = await runCdn(answering(404), picture, {
      distribution: { CustomErrorResponses: [{ ErrorCode: 404, ErrorCachingMinTTL: 3 }] },
    });

    await fetch(`${url}/a`);
    clock.now += 2000;
    await fetch(`${url}/a`);
    clock.now += 2000;
    await fetch(`${url}/a`);

    expect(first.requests).toHaveLength(2);
  });
});
