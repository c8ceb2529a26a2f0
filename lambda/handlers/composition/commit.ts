import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { auditChains } from '../../adapters/audit-table/audit-chains.ts';
import type { CommitWithEvent } from '../../adapters/audit-table/commit-with-event.ts';
import { commitWithEvent } from '../../adapters/audit-table/commit-with-event.ts';
import { homeClient } from './home-client.ts';

/** How changes of tables of one region are written together with their events. */
export function composeCommit(client: DynamoDBDocumentClient, auditTable: string): CommitWithEvent {
  const chains = auditChains(client, auditTable, Math.random);
  return commitWithEvent({ client, auditTable, chains, clock: Date.now, pause, random: Math.random });
}

/** A client of the home region that takes documents. */
export function homeDocuments(): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(homeClient(), { marshallOptions: { removeUndefinedValues: true } });
}

const pause = async (milliseconds: number): Promise<void> => void (await wait(milliseconds));
