import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { auditChains } from '../lambda/adapters/audit-table/audit-chains.ts';
import type { CommitWithEvent } from '../lambda/adapters/audit-table/commit-with-event.ts';
import { commitWithEvent } from '../lambda/adapters/audit-table/commit-with-event.ts';
import type { AuditEvent } from '../lambda/core/audit/event.ts';

export const AUDIT_TABLE = 'audit';
export const CHANGES_TABLE = 'changes';

/** All events are of one year, whatever the clock says. */
export const YEAR = '2026';

/** A client that gives up when the product's would. */
export const clientOf = (endpoint: string): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      ...{ endpoint, region: 'eu-west-1' },
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );

/** The product's own way to commit, with chains that nobody else in this process writes to. */
export const auditCommit = (client: DynamoDBDocumentClient, auditTable: string): CommitWithEvent =>
  commitWithEvent({
    ...{ client, auditTable, clock: Date.now, random: Math.random },
    chains: auditChains(client, auditTable, Math.random),
    pause: async (milliseconds) => void (await wait(milliseconds)),
  });

export const auditEvent = (id: string): AuditEvent => ({
  id,
  action: 'file.updated',
  caller: { kind: 'private-key', id: 'private-key' },
  source: 'api',
  object: { kind: 'file', id },
  before: { tags: [] },
  after: { tags: ['a', 'b'] },
  at: `${YEAR}-06-01T00:00:00.000Z`,
  requestId: 'request',
});
