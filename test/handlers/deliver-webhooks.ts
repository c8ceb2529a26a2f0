import { startQueueMapping } from 'local-cloud/aws-apis';
import type { CloudFixture } from './cloud-fixture.ts';
import { WEBHOOK_QUEUE } from './cloud-fixture.ts';
import { lambdaContext } from './events.ts';

/** Hands messages of the queue to the handler that sends them. The environment must be set. */
export async function deliverWebhooks({ queues }: CloudFixture): Promise<{ readonly end: () => void }> {
  const { handler } = await import('../../lambda/handlers/deliver-webhooks.ts');
  return startQueueMapping({
    ...{ queues, queue: WEBHOOK_QUEUE, region: 'eu-west-1', batchSize: 10, concurrency: 2, pollMilliseconds: 20 },
    invoke: async (event) => ({
      payload: Buffer.from(JSON.stringify(await handler(event as never, lambdaContext()))),
    }),
    log: console.error,
  });
}
