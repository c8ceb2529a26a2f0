import { ChangeMessageVisibilityCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Queues } from '../../../src/services/sqs/queues.ts';
import { type AwsApis, startAwsApis } from '../../../src/standalone/aws-apis.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:things';
const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/000000000000/things';
let apis: AwsApis;
let queues: Queues;
let client: SQSClient;

beforeAll(async () => {
  queues = await Queues.open(undefined);
  queues.declare(QUEUE, { visibilitySeconds: 30 });
  apis = await startAwsApis({
    ...{ stateFile: undefined, parameters: new Map(), invalidate: () => true, log: () => undefined, queues },
    principals: new Map([['FUNCTION', 'secret']]),
  });
  client = new SQSClient({
    ...{ region: 'eu-west-1', endpoint: apis.endpoint, useQueueUrlAsEndpoint: false, maxAttempts: 1 },
    credentials: { accessKeyId: 'FUNCTION', secretAccessKey: 'secret' },
  });
});

afterAll(async () => {
  client?.destroy();
  await apis?.close();
});

const send = (...bodies: string[]) =>
  client.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
    }),
  );

test('a batch of messages is taken, each with the hash that the SDK checks', async () => {
  const { Successful = [], Failed } = await send('a', 'ü');

  expect(Failed).toEqual([]);
  expect(Successful.map(({ Id }) => Id)).toEqual(['0', '1']);
  expect(queues.messages(QUEUE)).toEqual(['a', 'ü']);
});

test('a message that was received is hidden for as long as a function says', async () => {
  const [message] = await queues.receive(QUEUE, 1);
  const hide = (ReceiptHandle: string, VisibilityTimeout: number) =>
    client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));

  await hide(message?.receipt ?? '', 0);
  expect((await queues.receive(QUEUE, 1))[0]?.body).toBe(message?.body);
  await expect(hide('other', 1)).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  await expect(hide(message?.receipt ?? '', 43_201)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

test('what SQS refuses is refused', async () => {
  await expect(send()).rejects.toMatchObject({ name: 'EmptyBatchRequest' });
  await expect(send(...'abcdefghijk')).rejects.toMatchObject({ name: 'TooManyEntriesInBatchRequest' });
  const elsewhere = new SendMessageBatchCommand({
    QueueUrl: `${QueueUrl}-2`,
    Entries: [{ Id: '1', MessageBody: 'a' }],
  });
  await expect(client.send(elsewhere)).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
});
