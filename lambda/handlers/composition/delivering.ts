import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { deliveryRecorder } from '../../adapters/accounts-table/webhook-deliveries.ts';
import { webhookSecretOpener } from '../../adapters/accounts-table/webhook-secrets.ts';
import { webhookFinder } from '../../adapters/accounts-table/webhooks.ts';
import { messageDelay } from '../../adapters/webhook-queue/webhook-queue.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { LIMITS } from '../../contract/limits.ts';
import type { DeliverDeps } from '../../core/webhooks/deliver-message.ts';
import { guardedExchange } from '../../remote/guarded-exchange.ts';
import { messagePost } from '../../remote/message-post.ts';

/** What sends messages to webhooks. It can decrypt their secrets and nothing else. */
export function composeDelivering(): DeliverDeps & { readonly delay: ReturnType<typeof messageDelay> } {
  const region = requireEnvironment(ENVIRONMENT.accountsRegion);
  const table = requireEnvironment(ENVIRONMENT.accountsTable);
  const key = requireEnvironment(ENVIRONMENT.originCredentialsKey);
  const dynamo = new DynamoDBClient({ region });
  const milliseconds = LIMITS.webhookSeconds * 1000;
  return {
    findWebhook: webhookFinder(dynamo, table),
    secrets: webhookSecretOpener({ ...process.env, AWS_REGION: region }, key),
    post: messagePost(
      guardedExchange({
        exceptions: process.env[ENVIRONMENT.remoteAllow] ?? '',
        maximumBytes: 0,
        headerTimeout: milliseconds,
        totalTimeout: milliseconds,
      }),
    ),
    deliveries: deliveryRecorder(DynamoDBDocumentClient.from(dynamo), table),
    delay: messageDelay(requireEnvironment(ENVIRONMENT.webhookQueue)),
    clock: Date.now,
    random: Math.random,
  };
}
