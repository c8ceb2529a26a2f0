import { startStreamMapping } from 'local-cloud/dynamodb';
import type { LibraryFixture } from '../adapters/library-fixture.ts';
import { lambdaContext } from './events.ts';

/** Hands the stream of the library table to the handler that follows it. The environment must be set. */
export async function followLibrary(library: LibraryFixture): Promise<{ readonly end: () => void }> {
  const { handler } = await import('../../lambda/handlers/follow-library.ts');
  return startStreamMapping({
    stream: await library.openStream(),
    streamArn: `arn:aws:dynamodb:eu-west-1:000000000000:table/${library.table}/stream/local`,
    ...{ region: 'eu-west-1', batchSize: 100, retries: 2, pollMilliseconds: 20 },
    invoke: async (event) => ({
      payload: Buffer.from(JSON.stringify(await handler(event as never, lambdaContext()))),
    }),
    giveUp: async (description) => console.error('Given up', description),
    log: console.error,
  });
}
