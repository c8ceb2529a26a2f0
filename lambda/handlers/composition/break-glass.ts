import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { restrictedKeys } from '../../adapters/accounts-table/restricted-keys.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import type { BreakGlassDeps } from '../../core/accounts/break-glass/break-glass.ts';
import { eventMaker } from '../../core/audit/event-maker.ts';
import type { Report } from '../../core/kernel/report.ts';
import { hexId } from './hex-id.ts';
import { composeHomeCommit, composePeople } from './people.ts';

/** What the way in by IAM works with: people and keys, and nothing of the library. */
export function composeBreakGlass(): (call: { requestId: string; report: Report }) => BreakGlassDeps {
  const dynamo = new DynamoDBClient({ region: requireEnvironment(ENVIRONMENT.accountsRegion) });
  // The link is told to whoever called, who knows the host.
  const people = composePeople(async () => undefined);
  if (!people) throw new Error('The deployment has no people.');
  const { commit } = composeHomeCommit();
  const pause = async (milliseconds: number) => void (await wait(milliseconds));
  const keys = restrictedKeys(dynamo, requireEnvironment(ENVIRONMENT.accountsTable), commit);
  return ({ requestId, report }) => {
    const makeEvent = eventMaker({ clock: Date.now, hexId, requestId, sourceOf: () => 'break-glass' });
    return {
      ...people({ makeEvent, report }),
      keys,
      ...{ secretBytes: () => randomBytes(32), pause, random: Math.random },
      makeEvent,
    };
  };
}
