/** Partition key, in the accounts table, of the webhooks. */
export const WEBHOOKS_PARTITION = 'webhooks';

/** What the partition keys of a webhook's deliveries begin with, in the same table. */
export const DELIVERIES_PREFIX = 'webhook-deliveries#';

/** Member of the encryption context of a webhook's secret: who may open those opens nothing else. */
export const WEBHOOK_CONTEXT = 'webhook';
