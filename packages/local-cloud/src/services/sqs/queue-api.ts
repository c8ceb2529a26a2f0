import { createHash } from 'node:crypto';
import { localArn } from '../../assembly/references.ts';
import type { AwsApi } from '../../aws-api/aws-api.ts';
import { jsonApi } from '../../aws-api/json-api.ts';
import { ServiceError } from '../../aws-api/service-error.ts';
import type { Queues } from './queues.ts';

type Input = Readonly<Record<string, unknown>>;

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly DelaySeconds?: number;
}

/** Of one request (AWS, "Amazon SQS message quotas"). */
const BATCH_ENTRIES = 10;

/** Seconds (AWS, "ChangeMessageVisibility"). */
const LONGEST_VISIBILITY = 43_200;

/** What functions call of Amazon SQS: SendMessageBatch and ChangeMessageVisibility. Mappings receive and delete. */
export function queueApi(queues: Queues): AwsApi {
  return jsonApi({
    signingName: 'sqs',
    targetPrefix: 'AmazonSQS',
    operations: {
      SendMessageBatch: async (input) => sendBatch(queues, queueOf(queues, input), input.Entries),
      ChangeMessageVisibility: async (input) => {
        const seconds = Number(input.VisibilityTimeout);
        if (!(seconds >= 0 && seconds <= LONGEST_VISIBILITY)) {
          throw new ServiceError(
            'InvalidParameterValue',
            `VisibilityTimeout must be between 0 and ${LONGEST_VISIBILITY}.`,
          );
        }
        if (await queues.hide(queueOf(queues, input), String(input.ReceiptHandle), seconds)) return {};
        throw new ServiceError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
      },
    },
  });
}

/** A queue's URL names its region and its name. */
function queueOf(queues: Queues, { QueueUrl: url }: Input): string {
  const [, region = '', name = ''] = /^https:\/\/sqs\.([^.]+)\.amazonaws\.com\/\d+\/([^/]+)$/.exec(String(url)) ?? [];
  const queue = localArn('sqs', region, name);
  if (queues.isDeclared(queue)) return queue;
  throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
}

async function sendBatch(queues: Queues, queue: string, given: unknown): Promise<object> {
  const entries = Array.isArray(given) ? (given as Entry[]) : [];
  if (entries.length === 0) throw new ServiceError('EmptyBatchRequest', 'The batch request does not contain entries.');
  if (entries.length > BATCH_ENTRIES) {
    throw new ServiceError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${BATCH_ENTRIES}.`,
    );
  }
  const Successful = await Promise.all(
    entries.map(async ({ Id, MessageBody, DelaySeconds }) => ({
      Id,
      MessageId: await queues.send(queue, MessageBody, DelaySeconds),
      MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
    })),
  );
  return { Successful, Failed: [] };
}
