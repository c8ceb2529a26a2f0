import { LIMITS } from '../../contract/limits.ts';
import type { Clock } from '../kernel/clock.ts';
import type { DeliveryMessage, DeliveryStore, MessageDelivery } from './message-delivery.ts';
import { deliveryId } from './message-delivery.ts';
import { messageSignatures } from './message-signatures.ts';
import type { StoredWebhook } from './webhook.ts';
import type { SecretOpener } from './webhook-store.ts';

/**
 * What a receiver did. `forbidden`: its address may not be reached. `refused`: nobody listens there. `late`: it took longer
 * than `LIMITS.webhookSeconds`. `broken`: no answer of HTTP came.
 */
export type PostOutcome = { readonly status: number } | { readonly fault: 'forbidden' | 'refused' | 'late' | 'broken' };

export interface PostedMessage {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface DeliverDeps {
  readonly findWebhook: (id: string) => Promise<StoredWebhook | undefined>;
  readonly secrets: SecretOpener;
  /** Redirects are not followed. Never rejects. */
  readonly post: (message: PostedMessage) => Promise<PostOutcome>;
  readonly deliveries: Pick<DeliveryStore, 'record'>;
  readonly clock: Clock;
  /** 0 <= value < 1. */
  readonly random: () => number;
}

/**
 * Sends a message to its webhook once, and notes what became of it. A webhook that is gone or disabled gets nothing.
 * @param attempt from 1
 * @returns seconds after which it is to be sent again, or undefined when nothing is left to do
 */
export async function deliverMessage(
  deps: DeliverDeps,
  message: DeliveryMessage,
  attempt: number,
): Promise<number | undefined> {
  const stored = await deps.findWebhook(message.webhookId);
  if (!stored?.webhook.isEnabled) return undefined;
  const now = deps.clock();
  const outcome = await send(deps, stored, message, now);
  const pause = mayComeAgain(outcome) ? pauseAfter(attempt, deps.random()) : undefined;
  const { webhookId, eventId, type, createdAt, body } = message;
  const delivery: MessageDelivery = {
    ...{ id: deliveryId(message), webhookId, eventId, type, createdAt, attempts: attempt },
    lastAttemptAt: new Date(now).toISOString(),
    ...resultOf(outcome, pause),
    ...(pause !== undefined && { nextAttemptAt: new Date(deps.clock() + pause * 1000).toISOString() }),
  };
  await deps.deliveries.record({ delivery, body });
  return pause;
}

/** Seconds between one attempt and the next (Standard Webhooks, "Deliverability and reliability"): 28 hours together. */
const PAUSES = [5, 300, 1800, 7200, 18_000, 36_000, 36_000] as const;

/** Share by which a pause differs, so that what failed together does not come back together. */
const JITTER = 0.2;

/**
 * @param attempt from 1
 * @param random 0 <= value < 1
 * @returns seconds until the next attempt, or undefined when it was the last one
 */
export function pauseAfter(attempt: number, random: number): number | undefined {
  const pause = PAUSES[attempt - 1];
  return pause === undefined ? undefined : Math.round(pause * (1 + JITTER * (random * 2 - 1)));
}

async function send(
  deps: DeliverDeps,
  { webhook, sealed, previous }: StoredWebhook,
  { eventId, body }: DeliveryMessage,
  now: number,
): Promise<PostOutcome> {
  const held = previous && Date.parse(previous.until) > now ? [sealed, previous.sealed] : [sealed];
  const secrets = await Promise.all(held.map((one) => deps.secrets.open(webhook.id, one)));
  const signatures = messageSignatures({ id: eventId, now, body, secrets });
  return deps.post({ url: webhook.url, headers: { 'content-type': 'application/json', ...signatures }, body });
}

const isSuccess = (outcome: PostOutcome): boolean =>
  'status' in outcome && outcome.status >= 200 && outcome.status < 300;

/** A receiver that is gone for good says so by 410; an address that may not be reached is a mistake of the settings. */
const mayComeAgain = (outcome: PostOutcome): boolean =>
  !isSuccess(outcome) && ('status' in outcome ? outcome.status !== 410 : outcome.fault !== 'forbidden');

function resultOf(
  outcome: PostOutcome,
  pause: number | undefined,
): Pick<MessageDelivery, 'state' | 'lastStatus' | 'lastError'> {
  if (isSuccess(outcome) && 'status' in outcome) return { state: 'delivered', lastStatus: outcome.status };
  const state = pause === undefined ? 'failed' : 'waiting';
  if ('fault' in outcome) return { state, lastError: FAULTS[outcome.fault] };
  return { state, lastStatus: outcome.status, lastError: `The receiver answered ${outcome.status}.` };
}

const FAULTS = {
  forbidden: 'The URL does not lead to a public address at an ordinary port.',
  refused: 'Nobody answers there.',
  late: `There was no answer within ${LIMITS.webhookSeconds} seconds.`,
  broken: 'The connection broke off, or what came was no HTTP.',
} as const;
