import { describe, expect, it } from 'vitest';
import type { DeliverDeps, PostedMessage, PostOutcome } from '../../../lambda/core/webhooks/deliver-message.ts';
import { deliverMessage, pauseAfter } from '../../../lambda/core/webhooks/deliver-message.ts';
import type { StoredDelivery } from '../../../lambda/core/webhooks/message-delivery.ts';
import type { StoredWebhook } from '../../../lambda/core/webhooks/webhook.ts';

const NOW = Date.parse('2026-11-29T06:00:00.000Z');
const AT = new Date(NOW).toISOString();

const STORED: StoredWebhook = {
  webhook: {
    ...{ id: 'w1', url: 'https://cms.example.com/', events: ['file.deleted'], isEnabled: true },
    ...{ createdAt: AT, updatedAt: AT },
  },
  sealed: 'whsec_AAAA',
};

const MESSAGE = { webhookId: 'w1', eventId: 'e1', type: 'file.deleted', createdAt: AT, body: '{}' } as const;

/** One attempt at a receiver that does this. */
async function attempt(outcome: PostOutcome, number: number, stored: StoredWebhook | undefined = STORED) {
  const posted: PostedMessage[] = [];
  const recorded: StoredDelivery[] = [];
  const deps: DeliverDeps = {
    findWebhook: async () => stored,
    secrets: { open: async (_, sealed) => sealed },
    post: async (message) => {
      posted.push(message);
      return outcome;
    },
    deliveries: { record: async (one) => void recorded.push(one) },
    clock: () => NOW,
    random: () => 0.5,
  };
  const pause = await deliverMessage(deps, MESSAGE, number);
  return { pause, posted, delivery: recorded[0]?.delivery };
}

describe('an attempt', () => {
  it.each([200, 201, 204, 299])('that is answered %d is the last one', async (status) => {
    const { pause, delivery } = await attempt({ status }, 3);

    expect(pause).toBeUndefined();
    expect(delivery).toMatchObject({ state: 'delivered', attempts: 3, lastStatus: status, lastAttemptAt: AT });
  });

  it.each([
    [{ status: 500 }, 'The receiver answered 500.'],
    [{ status: 301 }, 'The receiver answered 301.'],
    [{ fault: 'refused' }, 'Nobody answers there.'],
    [{ fault: 'late' }, 'There was no answer within 10 seconds.'],
    [{ fault: 'broken' }, 'The connection broke off, or what came was no HTTP.'],
  ] as const)('that ends as %j comes again, and at the eighth is given up', async (outcome, lastError) => {
    const first = await attempt(outcome, 1);
    const eighth = await attempt(outcome, 8);

    expect(first.pause).toBe(5);
    expect(first.delivery).toMatchObject({ state: 'waiting', lastError, nextAttemptAt: '2026-11-29T06:00:05.000Z' });
    expect(eighth.pause).toBeUndefined();
    expect(eighth.delivery).toMatchObject({ state: 'failed', attempts: 8, lastError });
    expect(eighth.delivery).not.toHaveProperty('nextAttemptAt');
  });

  it.each([{ status: 410 }, { fault: 'forbidden' }] as const)(
    'that ends as %j is given up at once',
    async (outcome) => {
      const { pause, delivery } = await attempt(outcome, 1);

      expect([pause, delivery?.state]).toEqual([undefined, 'failed']);
    },
  );

  it('is not made for a webhook that is gone or disabled', async () => {
    const disabled = { ...STORED, webhook: { ...STORED.webhook, isEnabled: false } };

    expect(await attempt({ status: 200 }, 1, disabled)).toEqual({ pause: undefined, posted: [], delivery: undefined });
  });

  it('is signed with the secret before as well, for as long as that holds', async () => {
    const signatures = async (until: string) => {
      const { posted } = await attempt({ status: 200 }, 1, { ...STORED, previous: { sealed: 'whsec_BBBB', until } });
      return posted[0]?.headers['webhook-signature']?.split(' ').length;
    };

    expect(await signatures(new Date(NOW + 1).toISOString())).toBe(4);
    expect(await signatures(AT)).toBe(2);
  });
});

describe('the pauses', () => {
  it('are seven, over 28 hours, and no more', () => {
    const pauses = Array.from({ length: 9 }, (_, index) => pauseAfter(index + 1, 0.5));

    expect(pauses).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 36_000, undefined, undefined]);
  });

  it('spread what failed together', () => {
    expect([pauseAfter(2, 0), pauseAfter(2, 0.999)]).toEqual([240, 360]);
  });

  it('are no longer than a queue can hide a message', () => {
    expect(pauseAfter(7, 0.999_999)).toBeLessThanOrEqual(43_200);
  });
});
