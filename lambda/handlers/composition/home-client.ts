import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { requireRegion } from '../../adapters/signed-http/service-endpoint.lean.ts';
import { isUnreachable } from '../../adapters/signed-http/signed-fetch.lean.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { problem } from '../../core/kernel/problems.ts';

/** Milliseconds and tries before a home region that does not answer is given up: whoever calls has half a minute in all. */
const FROM_AFAR = { requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 }, maxAttempts: 2 };

/**
 * A client of the home region's tables. Elsewhere, what finds nobody there fails with a problem that says so, and soon.
 * @throws Problem home.away, from each of its calls
 */
export function homeClient(): DynamoDBClient {
  const home = requireEnvironment(ENVIRONMENT.accountsRegion);
  if (requireRegion(process.env) === home) return new DynamoDBClient({ region: home });
  const client = new DynamoDBClient({ region: home, ...FROM_AFAR });
  // The first step of all: what it sees has been tried again already.
  client.middlewareStack.add((next) => (call) => ofHome(next(call)), { step: 'initialize', name: 'homeAway' });
  return client;
}

/**
 * An answer of the home region, or that it is away.
 * @throws Problem home.away
 */
export async function ofHome<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!isAway(error)) throw error;
    const home = requireEnvironment(ENVIRONMENT.accountsRegion);
    throw problem(
      'home.away',
      `Settings are read-only while the home region, ${home}, is away, and its API alone shows them; media are delivered meanwhile.`,
      { cause: error },
    );
  }
}

/** What no service answered, or only with trouble of its own. Errors of the SDK that have no status come from the network. */
function isAway(error: unknown): boolean {
  if (isUnreachable(error)) return true;
  const { $metadata, code, name } = error as {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly code?: unknown;
    readonly name?: unknown;
  };
  const status = $metadata?.httpStatusCode;
  return status === undefined ? typeof code === 'string' || name === 'TimeoutError' : status >= 500;
}
