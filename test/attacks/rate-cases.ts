import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { waitUntil } from '../../proofs/wait-until.ts';
import { attack, elsewhere } from './attack-case.ts';
import type { Target } from './target.ts';

const RULES = '/v1/accounts/rules';

const DAY = 86_400_000;

/** Ways to block whoever asks from this machine: by the own address, and by every address that there is. */
const BLOCKS: readonly (readonly string[])[] = [
  ['127.0.0.1', '::1'],
  ['0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1'],
];

/** Too many requests, too slow ones, and what is done about them. */
export const RATE_CASES = [
  elsewhere(
    'RATE-001',
    'one key floods the API: it is told to wait, and others are not',
    'test/core/accounts/call-rates.test.ts',
  ),
  attack('RATE-003', 'after a few visits a campaign begins: nobody is refused', async ({ product, pub }) => {
    const widths = [61, 62, 63, 64];
    const visit = async (index: number) =>
      (await fetch(`${product.media}${pub}?tr=w-${widths[index % widths.length]}`)).status;
    for (const index of widths.keys()) expect(await visit(index)).toBe(200);

    const statuses = new Map<number, number>();
    for (let wave = 0; wave < 20; wave++) {
      for (const status of await Promise.all(Array.from({ length: 50 }, (_, index) => visit(index)))) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    }
    expect([...statuses]).toEqual([[200, 1000]]);
  }),
  elsewhere(
    'RATE-004',
    'a storm of notices, lost and repeated ones among them, is one incident, which is closed',
    'test/product/spend-ceiling.test.ts',
  ),
  attack(
    'RATE-006',
    'who blocks everybody, and so themselves, can lift it; a block with an end lifts itself',
    async (target) => {
      const { api, ask, pub } = target;
      for (const values of BLOCKS) {
        await whileBlocked(target, { values }, async (id) => {
          expect((await ask(pub)).status, values.join()).toBe(403);
          expect((await api('GET', `${RULES}/${id}`)).status).toBe(200);
        });
        await target.isAlive();
        expect(await eventsOf(target)).toEqual(['rule.deleted', 'rule.created']);
      }
      const endsAt = new Date(Date.now() + 4000).toISOString();
      await whileBlocked(target, { values: ['127.0.0.1', '::1'], scope: 'default', endsAt }, async () => {
        expect((await ask(pub)).status).toBe(403);
        await waitUntil('the block lifts itself', async () => (await ask(pub)).status === 200, 30);
        expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(endsAt));
      });
    },
  ),
  attack(
    'RATE-008',
    'referrers and programs with markup are told nowhere, however many there are',
    async ({ api, ask, pub }) => {
      const mark = `forged-${randomBytes(6).toString('hex')}`;
      for (let index = 0; index < 60; index++) {
        const headers = {
          referer: `https://shop.example/"><script>alert('${mark}-${index}')</script>`,
          'user-agent': `<img src=x onerror=${mark}-${index}> =HYPERLINK("${mark}")`,
        };
        expect((await ask(pub, { headers })).status).toBe(200);
      }

      const [from, to] = [Date.now() - DAY, Date.now()].map((time) => new Date(time).toISOString().slice(0, 10));
      const answer = await api('GET', `/v1/accounts/usage-analytics?startDate=${from}&endDate=${to}`);
      const text = await answer.text();
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining('application/json'),
      ]);
      expect(text).not.toContain(mark);
      expect(JSON.parse(text)).toMatchObject({
        topReferrers: { byBandwidth: [], byRequests: [] },
        topUserAgents: { byBandwidth: [], byRequests: [] },
        notCounted: expect.arrayContaining(['topReferrers', 'topUserAgents']),
      });
      expect(await (await api('GET', '/v1/audit/events?limit=100')).text()).not.toContain(mark);
    },
  ),
  elsewhere('RATE-009', 'a client sends its head slowly: 408', 'packages/local-cloud/test/listener.test.ts'),
];

interface Block {
  readonly values: readonly string[];
  readonly scope?: string;
  readonly endsAt?: string;
}

/** Blocks addresses, lets something be seen with the id of the rule, and lifts the block. */
async function whileBlocked(
  { api }: Target,
  { values, ...others }: Block,
  look: (id: string) => Promise<void>,
): Promise<void> {
  const match = { type: 'ip', values };
  const made = await api('POST', RULES, { effect: 'block', reason: 'A flood', match, ...others });
  const { id } = (await made.json()) as { readonly id: string };
  expect(made.status).toBe(201);
  try {
    await look(id);
  } finally {
    expect((await api('DELETE', `${RULES}/${id}`)).status).toBe(204);
  }
}

/** Actions of the newest two events. */
async function eventsOf({ api }: Target): Promise<string[]> {
  const events = await (await api('GET', '/v1/audit/events?limit=10')).json();
  return (events as readonly { readonly action: string }[])
    .map(({ action }) => action)
    .filter((action) => action.startsWith('rule.'))
    .slice(0, 2);
}
