import type { AuditEvent } from '../audit/event.ts';
import type { StoredWebhook } from './webhook.ts';

export type WebhookChange = { readonly put: StoredWebhook } | { readonly remove: StoredWebhook };

/** Where the webhooks of an account are. */
export interface WebhookStore {
  /** All of them, oldest first, and the version that a change of them grows. */
  readonly read: () => Promise<{ readonly version: number; readonly webhooks: readonly StoredWebhook[] }>;
  /** False when they were changed after this version; nothing is changed and told then. */
  readonly commit: (change: WebhookChange, version: number, event: AuditEvent) => Promise<boolean>;
}

/** Encrypts a secret for one webhook; what was encrypted for another one does not decrypt. */
export interface SecretSealer {
  readonly seal: (webhookId: string, secret: string) => Promise<string>;
}

export interface SecretOpener {
  /** @throws when it was sealed for another webhook or with another key */
  readonly open: (webhookId: string, sealed: string) => Promise<string>;
}
