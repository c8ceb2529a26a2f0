import type { AuditEvent } from '../audit/event.ts';
import type { WebhookEventType } from './webhook.ts';

/** One event on its way to one webhook. */
export interface DeliveryMessage {
  readonly webhookId: string;
  readonly eventId: string;
  readonly type: WebhookEventType;
  /** When the change was made, ISO 8601. */
  readonly createdAt: string;
  /** What is sent, byte for byte. */
  readonly body: string;
}

/** `waiting`: it is tried again. `failed`: it is given up until somebody has it sent again. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What became of a message so far. */
export interface MessageDelivery {
  /** Sorts by the time of the change. */
  readonly id: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly type: WebhookEventType;
  readonly createdAt: string;
  readonly state: DeliveryState;
  /** Since the event was sent first, or again. */
  readonly attempts: number;
  /** ISO 8601, as `nextAttemptAt`. */
  readonly lastAttemptAt?: string;
  readonly nextAttemptAt?: string;
  /** HTTP status of the last answer. */
  readonly lastStatus?: number;
  /** Why the last attempt was none, for people. */
  readonly lastError?: string;
}

export interface StoredDelivery {
  readonly delivery: MessageDelivery;
  readonly body: string;
}

export interface DeliveryQuery {
  readonly state?: DeliveryState | undefined;
  readonly limit: number;
  /** Id of the delivery before. */
  readonly after?: string | undefined;
}

/** Where deliveries are noted, for `LIMITS.webhookDeliveryDays`. */
export interface DeliveryStore {
  readonly record: (stored: StoredDelivery) => Promise<void>;
  /** Those of one webhook, newest first. */
  readonly list: (webhookId: string, query: DeliveryQuery) => Promise<readonly StoredDelivery[]>;
  readonly find: (webhookId: string, ids: readonly string[]) => Promise<readonly StoredDelivery[]>;
  /** Writes deliveries anew, and the event that tells of it, in one transaction. @throws Problem busy */
  readonly commit: (deliveries: readonly StoredDelivery[], event: AuditEvent) => Promise<void>;
}

export interface DeliveryQueue {
  readonly send: (messages: readonly DeliveryMessage[]) => Promise<void>;
}

/** Digits of the milliseconds in an id: enough until the year 5138. */
const TIME_DIGITS = 14;

export const deliveryId = ({ createdAt, eventId }: Pick<DeliveryMessage, 'createdAt' | 'eventId'>): string =>
  `${String(Date.parse(createdAt)).padStart(TIME_DIGITS, '0')}-${eventId}`;
