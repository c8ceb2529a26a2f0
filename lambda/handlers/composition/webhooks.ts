import { randomBytes } from 'node:crypto';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { webhookDeliveries } from '../../adapters/accounts-table/webhook-deliveries.ts';
import { webhookSecretSealer } from '../../adapters/accounts-table/webhook-secrets.ts';
import { webhookStore } from '../../adapters/accounts-table/webhooks.ts';
import type { CommitWithEvent } from '../../adapters/audit-table/commit-with-event.ts';
import { webhookQueue } from '../../adapters/webhook-queue/webhook-queue.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import type { SecretSealer } from '../../core/webhooks/webhook-store.ts';
import { homeClient, ofHome } from './home-client.ts';

/** What webhooks and their deliveries are managed with. It can encrypt their secrets and not decrypt them. */
export function composeWebhooks(commit: CommitWithEvent) {
  const region = requireEnvironment(ENVIRONMENT.accountsRegion);
  const table = requireEnvironment(ENVIRONMENT.accountsTable);
  const dynamo = homeClient();
  const sealer = webhookSecretSealer(
    { ...process.env, AWS_REGION: region },
    requireEnvironment(ENVIRONMENT.originCredentialsKey),
  );
  const webhooks = webhookStore(dynamo, table, commit);
  return {
    settings: {
      webhooks,
      sealer: { seal: (...given) => ofHome(sealer.seal(...given)) } satisfies SecretSealer,
      secretBytes: () => randomBytes(24),
      allowsLoopback: (process.env[ENVIRONMENT.remoteAllow] ?? '') !== '',
      clock: Date.now,
    },
    deliveries: {
      webhooks,
      deliveries: webhookDeliveries(DynamoDBDocumentClient.from(dynamo), table, commit),
      queue: webhookQueue(requireEnvironment(ENVIRONMENT.webhookQueue)),
    },
  };
}
