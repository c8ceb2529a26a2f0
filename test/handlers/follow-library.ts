import { setTimeout as wait } from 'node:timers/promises';
import { startStreamMapping } from 'local-cloud/dynamodb';
import type { LibraryFixture } from '../adapters/library-fixture.ts';
import { lambdaContext } from './events.ts';

export interface Follower {
  /** Until every record of what was changed so far has been followed. */
  readonly rest: () => Promise<void>;
  readonly end: () => void;
}

const POLL_MILLISECONDS = 20;

/** Looks without a record after which nothing is to come. */
const EMPTY_LOOKS = 25;

/** Hands the stream of the library table to the handler that follows it, and to another one. The environment must be set. */
export async function followLibrary(
  library: LibraryFixture,
  also: (event: object) => Promise<unknown> = async () => undefined,
): Promise<Follower> {
  let running = 0;
  let emptySince = Date.now();
  const { handler } = await import('../../lambda/handlers/follow-library.ts');
  const { end } = startStreamMapping({
    stream: await library.openStream(),
    streamArn: `arn:aws:dynamodb:eu-west-1:000000000000:table/${library.table}/stream/local`,
    ...{ region: 'eu-west-1', batchSize: 100, retries: 2, pollMilliseconds: POLL_MILLISECONDS },
    invoke: async (event) => {
      running++;
      try {
        await also(event);
        return { payload: Buffer.from(JSON.stringify(await handler(event as never, lambdaContext()))) };
      } finally {
        running--;
        emptySince = Date.now();
      }
    },
    giveUp: async (description) => console.error('Given up', description),
    log: console.error,
  });
  return {
    end,
    rest: async () => {
      const from = Date.now();
      const isAtRest = () => running === 0 && Date.now() - Math.max(from, emptySince) > EMPTY_LOOKS * POLL_MILLISECONDS;
      while (!isAtRest()) await wait(POLL_MILLISECONDS);
    },
  };
}
