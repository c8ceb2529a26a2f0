import { problem } from '../kernel/problems.ts';

/**
 * What a webhook is told of: ImageKit's types ("Webhooks", "List of events") that this product knows, and three of ours for
 * folders, which change with everything in them at once.
 */
export const WEBHOOK_EVENTS = [
  'file.created',
  'file.updated',
  'file.deleted',
  'file-version.created',
  'file-version.deleted',
  'folder.created',
  'folder.updated',
  'folder.deleted',
] as const;

export type WebhookEventType = (typeof WEBHOOK_EVENTS)[number];

/** Where events are sent. */
export interface Webhook {
  /** 24 hexadecimal characters. */
  readonly id: string;
  readonly url: string;
  readonly description?: string;
  readonly events: readonly WebhookEventType[];
  readonly isEnabled: boolean;
  /** ISO 8601, as `updatedAt`. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A webhook with its secret, encrypted for its id. */
export interface StoredWebhook {
  readonly webhook: Webhook;
  readonly sealed: string;
  /** The secret before this one, with which messages are signed as well for a while. */
  readonly previous?: {
    readonly sealed: string;
    /** ISO 8601. */
    readonly until: string;
  };
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The URL of a webhook, as it is kept. Whether its host may be reached is asked before every message, because names change.
 * @param allowsLoopback where the deployment may reach this machine: http is taken for it, and for nothing else
 * @throws Problem webhook.invalid
 */
export function readWebhookUrl(text: string, allowsLoopback: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url?.protocol === 'http:' && allowsLoopback && LOOPBACK.test(url.hostname);
  if (!url || (url.protocol !== 'https:' && !isLocal) || url.username || url.password || url.hash) {
    throw problem('webhook.invalid', 'url must be an https URL without a user name, a password and a fragment.');
  }
  return url.href;
}
