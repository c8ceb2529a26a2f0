import { ChangeMessageVisibilityCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DeliveryQueue } from '../../core/webhooks/message-delivery.ts';

/** Messages of one request, and bytes of them together, well below what SQS takes (AWS, "Amazon SQS message quotas"). */
const BATCH_MESSAGES = 10;
const BATCH_BYTES = 256_000;

/** The region's endpoint is called, and not the one that a queue's URL names. */
const queueClient = (): SQSClient => new SQSClient({ useQueueUrlAsEndpoint: false });

/** The queue of messages to webhooks. */
export function webhookQueue(QueueUrl: string): DeliveryQueue {
  const client = queueClient();
  return {
    send: async (messages) => {
      for (const batch of batchesOf(messages.map((message) => JSON.stringify(message)))) {
        const Entries = batch.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
        const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
        if (Failed.length > 0) throw new Error(`The queue took ${Failed.length} messages not: ${Failed[0]?.Code}`);
      }
    },
  };
}

/** Hides a message that was received, so that it comes again after these seconds. */
export function messageDelay(QueueUrl: string) {
  const client = queueClient();
  return async (ReceiptHandle: string, VisibilityTimeout: number): Promise<void> => {
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
  };
}

function batchesOf(bodies: readonly string[]): string[][] {
  const batches: string[][] = [];
  let bytes = 0;
  for (const body of bodies) {
    const size = Buffer.byteLength(body);
    const last = batches.at(-1);
    if (last && last.length < BATCH_MESSAGES && bytes + size <= BATCH_BYTES) {
      last.push(body);
      bytes += size;
    } else {
      batches.push([body]);
      bytes = size;
    }
  }
  return batches;
}
