import { expect } from 'vitest';
import { drawScene } from '../images/scene.ts';
import { onCanvas } from '../images/sources.ts';
import { attack, elsewhere, raw } from './attack-case.ts';

const first = (headers: ReadonlyMap<string, readonly string[]>, name: string) => headers.get(name)?.[0];

/** Poisoning, deception, freshness. */
export const CACHE_CASES = [
  attack('CACHE-002', 'an old client never gets what a modern one warmed', async ({ ask, pub }) => {
    const modern = await ask(`${pub}?tr=w-222`, { headers: { accept: 'image/avif,image/webp' } });
    const old = await ask(`${pub}?tr=w-222`, { headers: { accept: 'image/jpeg' } });

    expect([first(modern.headers, 'content-type'), first(old.headers, 'content-type')]).toEqual([
      'image/avif',
      'image/jpeg',
    ]);
    expect(first(old.headers, 'vary')).toContain('Accept');
  }),
  attack('CACHE-003', 'a thousand spellings of Accept make three variants', async ({ ask, pub }) => {
    const pieces = [
      'image/avif',
      'image/webp',
      'image/*',
      '*/*',
      'text/html',
      'image/webp;q=0',
      'image/avif;q=0.0',
      'IMAGE/AVIF',
      ' image/webp ;q=1',
    ];
    const misses: string[] = [];
    for (let index = 0; index < 1000; index++) {
      const accept = pieces.filter((_, bit) => (index >> bit) & 1).join(index % 2 ? ',' : ', ');
      const { status, headers } = await ask(`${pub}?tr=w-223`, { headers: { accept } });
      expect(status).toBe(200);
      if (first(headers, 'x-cache') === 'Miss from cloudfront') misses.push(accept);
    }
    expect(misses.length).toBeLessThanOrEqual(3);
  }),
  raw(
    'CACHE-007',
    'addresses of another host’s pages are unknown here',
    () => ['/api/v1/me/x.css', '/dashboard/settings.png', '/v1/files?x=.jpg', '/v1/files/purge/a.png'],
    [400, 401, 404],
  ),
  elsewhere('CACHE-005', 'a failure that is cached as a success', 'test/handlers/origins-delivery.test.ts'),
  attack('CACHE-008', 'credentials of a viewer change nothing and go nowhere', async ({ ask, pub }) => {
    const plain = await ask(`${pub}?tr=w-224`);
    const personal = await ask(`${pub}?tr=w-224`, { headers: { authorization: 'Bearer x', cookie: 'session=1' } });

    expect([personal.status, first(personal.headers, 'x-cache')]).toEqual([200, 'Hit from cloudfront']);
    expect(personal.body.equals(plain.body)).toBe(true);
  }),
  attack('CACHE-010', 'a replaced picture is new at once, in every size', async ({ ask, upload }) => {
    const draw = (angle: number) => onCanvas(drawScene(300, 200)).rotate(angle).jpeg().toBuffer();
    const path = await upload('replaced.jpg', await draw(0));
    const before = await Promise.all([ask(path), ask(`${path}?tr=w-50`)]);
    await upload('replaced.jpg', await draw(180));
    const after = await Promise.all([ask(path), ask(`${path}?tr=w-50`)]);

    expect(after.map(({ status }) => status)).toEqual([200, 200]);
    for (const [index, answer] of after.entries())
      expect(answer.body.equals(before[index]?.body ?? answer.body)).toBe(false);
  }),
  attack('CACHE-012', 'ranges of every kind give right bytes or are refused', async ({ ask, pub }) => {
    const whole = await ask(`${pub}?tr=w-225`);
    const range = (value: string) => ask(`${pub}?tr=w-225`, { headers: { range: value } });
    const start = await range('bytes=0-9');
    expect([start.status, start.body.equals(whole.body.subarray(0, 10))]).toEqual([206, true]);
    const end = await range('bytes=-10');
    expect(end.body.equals(whole.body.subarray(-10))).toBe(true);
    for (const value of [
      `bytes=${Array(1000).fill('0-0').join(',')}`,
      'bytes=0-0,5-9',
      'bytes=999999999-',
      'bytes=9-1',
      'bytes=a-b',
      'lines=1-2',
    ]) {
      expect([200, 206, 416], value.slice(0, 20)).toContain((await range(value)).status);
    }
  }),
];
