import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { deliverMessage } from '../core/webhooks/deliver-message.ts';
import type { DeliveryMessage } from '../core/webhooks/message-delivery.ts';
import { composeDelivering } from './composition/delivering.ts';
import { reporter } from './reporter.ts';

const { delay, ...delivering } = composeDelivering();

/** Sends messages to webhooks. A message that it names comes again when its time has come. */
export const handler = middy<SQSEvent, SQSBatchResponse>().handler(async ({ Records }) => {
  const report = reporter();
  const outcomes = await Promise.all(
    Records.map(async (record) => {
      try {
        return (await deliverOrDelay(record)) ? [] : [{ itemIdentifier: record.messageId }];
      } catch (error) {
        report('webhook-not-delivered', error);
        return [{ itemIdentifier: record.messageId }];
      }
    }),
  );
  return { batchItemFailures: outcomes.flat() };
});

/** @returns false when the message is to come again */
async function deliverOrDelay({ body, receiptHandle, attributes }: SQSRecord): Promise<boolean> {
  const message = JSON.parse(body) as DeliveryMessage;
  const pause = await deliverMessage(delivering, message, Number(attributes.ApproximateReceiveCount));
  if (pause === undefined) return true;
  await delay(receiptHandle, pause);
  return false;
}
