import { WEBHOOK_CONTEXT } from '../../contract/webhooks.ts';
import type { SecretOpener, SecretSealer } from '../../core/webhooks/webhook-store.ts';
import { textOpener, textSealer } from '../signed-http/kms-sealing.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';

/** Encrypts webhooks' secrets in KMS itself, with the webhook's id as encryption context. */
export const webhookSecretSealer = (environment: Environment, keyId: string): SecretSealer => ({
  seal: textSealer(environment, keyId, contextOf),
});

export const webhookSecretOpener = (environment: Environment, keyId: string): SecretOpener => ({
  open: textOpener(environment, keyId, contextOf),
});

const contextOf = (webhookId: string) => ({ [WEBHOOK_CONTEXT]: webhookId });
