import { expect, test } from 'vitest';
import { Topics } from '../../../src/services/sns/topics.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:ceiling';

test('a message goes to every subscriber, in the shape that Lambda gives it', async () => {
  const topics = new Topics(() => new Date('2026-11-30T12:00:00Z'));
  const taken: unknown[] = [];
  topics.declare(TOPIC);
  for (let count = 0; count < 2; count++) topics.subscribe(TOPIC, async (event) => void taken.push(event));

  await topics.publish(TOPIC, 'Reached', '$201 of $200');

  const Sns = { TopicArn: TOPIC, Subject: 'Reached', Message: '$201 of $200', Timestamp: '2026-11-30T12:00:00.000Z' };
  expect(taken).toHaveLength(2);
  expect(taken[0]).toMatchObject({ Records: [{ EventSource: 'aws:sns', Sns }] });
});

test('whoever publishes is told that a function failed, and that there is no such topic', async () => {
  const topics = new Topics();
  topics.declare(TOPIC);
  topics.subscribe(TOPIC, () => Promise.reject(new Error('It failed.')));

  await expect(topics.publish(TOPIC, '', '')).rejects.toThrow('It failed.');
  await expect(topics.publish('arn:other', '', '')).rejects.toThrow('There is no topic arn:other.');
});
