import { expect } from 'vitest';
import { sceneIn } from '../images/sources.ts';
import { attack, elsewhere } from './attack-case.ts';

/** Response headers. */
export const HEADER_CASES = [
  attack('HDR-001', 'no name of a download can end its header', async ({ ask, pub }) => {
    for (const name of [
      'a%0d%0aSet-Cookie:%20x=1%22',
      'a%22;b=%22',
      '..%2f..%2fetc',
      'caf%C3%A9%20%E4%B8%AD',
      '%5C%22',
    ]) {
      const { status, headers } = await ask(`${pub}?ik-attachment=true&ik-attachment-filename=${name}`);
      if (status === 400) continue;
      const values = headers.get('content-disposition') ?? [];
      expect([status, values.length], name).toEqual([200, 1]);
      expect(values[0]).toMatch(/^attachment; filename="[^"\\/]*"; filename\*=UTF-8''[A-Za-z0-9%._~-]*$/);
    }
  }),
  attack('HDR-002', 'no URL asks for headers', async ({ ask, pub }) => {
    const wanted = 'response-content-type=text/html&response-cache-control=x&headers=Set-Cookie:a&link=%3Cx%3E';
    const { status, headers } = await ask(`${pub}?tr=w-60,f-png&${wanted}`);

    expect([status, headers.get('content-type')]).toEqual([200, ['image/png']]);
    for (const name of ['link', 'location', 'refresh']) expect(headers.get(name)).toBeUndefined();
  }),
  attack('HDR-004', 'the type that is sent is the one that was found', async ({ ask, upload, deliver }) => {
    const { status, headers } = await ask(await upload('typed.html', await sceneIn('png')));
    expect([status, headers.get('content-type')]).toEqual([200, ['image/png']]);
    const page = await deliver('page.html', Buffer.from('<html><script>alert(1)</script>'), '');
    expect(page.headers.get('content-security-policy')?.[0]).toContain("default-src 'none'");
  }),
  attack(
    'HDR-007',
    'no error and no timing tells of buckets, keys, hosts or code',
    async ({ ask, pub, priv, product }) => {
      const targets = [
        `${pub}?tr=w-0`,
        '/none.jpg',
        priv,
        '/%ff',
        `${pub}?tr=l-image,i-none.png,l-end`,
        `${pub}?tr=w-70`,
      ];
      for (const target of targets) {
        const { headers, body, status } = await ask(target);
        const told = [...headers].flat(2).join('\n') + (status === 200 ? '' : body.toString());
        expect(told, target).not.toMatch(
          /amazonaws|arn:|vitrine-[a-z]+-\d|media\/|\/node_modules|at .*:\d+:\d+|Error:|127\.0\.0\.1:(?!80)\d+\/[a-z]/,
        );
        expect(told).not.toContain('originals');
        expect(told).not.toContain(product.privateKey);
        for (const timing of headers.get('server-timing') ?? []) {
          expect(timing).toMatch(
            /^((fetch|transform|made);dur=[\d.]+|cache;desc=(miss|hit|variant)|cdn-[a-z-]+(;[a-z]+=("[^"]*"|[\w.]+))*|, )*$/,
          );
        }
      }
    },
  ),
  elsewhere(
    'HDR-006',
    'the dashboard is in no frame, and no window of others holds it',
    'test/api/dashboard-pages.test.ts',
  ),
];
