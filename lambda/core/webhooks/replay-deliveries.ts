import { LIMITS } from '../../contract/limits.ts';
import type { MakeEvent } from '../audit/event-maker.ts';
import type { Caller } from '../kernel/caller.ts';
import type { ManageWebhooksDeps } from './manage-webhooks.ts';
import { getWebhook } from './manage-webhooks.ts';
import type {
  DeliveryQuery,
  DeliveryQueue,
  DeliveryStore,
  MessageDelivery,
  StoredDelivery,
} from './message-delivery.ts';

export interface DeliveriesDeps {
  readonly webhooks: ManageWebhooksDeps['webhooks'];
  readonly deliveries: DeliveryStore;
  readonly queue: DeliveryQueue;
  readonly makeEvent: MakeEvent;
}

/** Newest first. @throws Problem webhook.not-found */
export async function listDeliveries(
  deps: Pick<DeliveriesDeps, 'webhooks' | 'deliveries'>,
  webhookId: string,
  query: DeliveryQuery,
): Promise<readonly MessageDelivery[]> {
  await getWebhook(deps, webhookId);
  return (await deps.deliveries.list(webhookId, query)).map(({ delivery }) => delivery);
}

/**
 * Has deliveries sent again, under the same ids and from the first attempt on: those that are named, or the newest that failed.
 * @returns how many; ids that are nobody's are left out
 * @throws Problem webhook.not-found or busy
 */
export async function replayDeliveries(
  deps: DeliveriesDeps,
  caller: Caller,
  webhookId: string,
  ids: readonly string[] | undefined,
): Promise<number> {
  await getWebhook(deps, webhookId);
  const found = ids
    ? await deps.deliveries.find(webhookId, [...new Set(ids)])
    : await deps.deliveries.list(webhookId, { state: 'failed', limit: LIMITS.deliveriesReplayedAtOnce });
  const waiting = found.map(({ delivery, body }) => ({ delivery: anew(delivery), body }));
  const after = { deliveries: waiting.length };
  const event = deps.makeEvent(caller, 'webhook.replayed', { kind: 'webhook', id: webhookId }, { after });
  await deps.deliveries.commit(waiting, event);
  await deps.queue.send(waiting.map(messageOf));
  return waiting.length;
}

const anew = ({ id, webhookId, eventId, type, createdAt }: MessageDelivery): MessageDelivery => ({
  ...{ id, webhookId, eventId, type, createdAt, state: 'waiting', attempts: 0 },
});

const messageOf = ({ delivery: { webhookId, eventId, type, createdAt }, body }: StoredDelivery) => ({
  ...{ webhookId, eventId, type, createdAt, body },
});
