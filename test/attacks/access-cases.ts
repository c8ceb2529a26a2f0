import { toFile } from '@imagekit/nodejs';
import { expect } from 'vitest';
import { timeAtLoad } from '../time-at-load.ts';
import { attack, elsewhere } from './attack-case.ts';
import type { Target } from './target.ts';

const RULES = '/v1/accounts/rules';
const ON_PRODUCT = 'test/product/access-rules.test.ts';
const AT_EDGE = 'test/edge/access-rules.test.ts';

/** Who may see what: rules and takedowns. */
export const ACCESS_CASES = [
  elsewhere('ACL-005', 'addresses at the edges of blocks, of both kinds and mapped', AT_EDGE),
  elsewhere('ACL-007', 'nobody but the CDN reaches the transformer', 'test/product/delivery.test.ts'),
  elsewhere('ACL-009', 'an empty, null or malformed referrer counts as none', ON_PRODUCT),
  elsewhere('ACL-010', 'a country that the client claims is not looked at', ON_PRODUCT),
  elsewhere('ACL-012', 'a blocked pattern in every spelling', ON_PRODUCT),
  elsewhere('ACL-014', 'half of the rules refuses everything', AT_EDGE),
  attack('ACL-015', 'a file that is taken down comes by no route', async (target) => {
    const { ask, api, priv, pub } = target;
    const fileId = await uploaded(target, 'taken.jpg');
    const routes = [
      '/taken.jpg',
      '/tr:w-50/taken.jpg',
      '/taken.jpg?tr=orig-true',
      '/taken.jpg/ik-thumbnail.jpg',
      '//%74aken.jpg',
      `${pub}?tr=w-100,l-image,i-taken.jpg,l-end`,
      '/absent.jpg?tr=di-taken.jpg',
    ];
    const before = await Promise.all(routes.map((path) => ask(path)));
    expect(before.at(-2)?.status).toBe(200);

    const taken = await api('POST', `/v1/files/${fileId}/takedown`, { reason: 'copyright' });

    expect(taken.status).toBe(201);
    for (const path of routes) expect([400, 404, 451], path).toContain((await ask(path)).status);
    expect((await ask('/taken.jpg')).status).toBe(451);
    expect((await api('DELETE', `/v1/files/${fileId}/takedown`)).status).toBe(204);
    expect((await ask('/taken.jpg')).status).toBe(200);
    expect((await ask(priv)).status).toBe(401);
  }),
  attack('INJ-003', 'a pattern is no regular expression and costs no time', async ({ api, ask, pub }) => {
    const patterns = ['/(a+)+$', '/.*', '/**a*b**c*d**', '/(((z)+.)+.)+'];
    for (const pattern of patterns) {
      const made = await api('POST', RULES, {
        ...{ effect: 'block', reason: 'attack' },
        match: { type: 'urlPattern', values: [pattern] },
      });
      expect(made.status, pattern).toBe(201);
      const { id } = (await made.json()) as { id: string };
      const started = performance.now();
      const long = await ask(`/${'a'.repeat(7000)}`);
      expect(performance.now() - started).toBeLessThan(timeAtLoad(2000));
      expect([400, 403, 404]).toContain(long.status);
      expect((await ask(pub)).status).toBe(200);
      expect((await api('DELETE', `${RULES}/${id}`)).status).toBe(204);
    }
  }),
];

async function uploaded({ client, ask }: Target, name: string): Promise<string> {
  const { body } = await ask('/public.jpg?tr=orig-true');
  const file = await toFile(body, name);
  const { fileId } = await client.files.upload({ file, fileName: name, useUniqueFileName: false });
  return fileId ?? '';
}
