import type { AuditEvent } from '../../core/audit/event.ts';
import type { ChainedEvent } from '../../core/audit/event-chain.ts';
import { CHAINS } from '../../core/audit/event-chain.ts';
import { eventKey } from './audit-chains.ts';
import type { TransactItem } from './transact-item.ts';

/** Partitions of an hour in the index by time, so that no hour is one partition. */
const INDEX_SHARDS = 8;

/** The last Put of a change's transaction. Nothing is ever written over: a place in a chain is taken once. */
export function auditPut(table: string, event: AuditEvent, chained: ChainedEvent): TransactItem {
  const { chain, previous, hash, body } = chained;
  const shard = (Number(chain.slice(-2)) % CHAINS) % INDEX_SHARDS;
  return {
    Put: {
      TableName: table,
      Item: {
        ...eventKey(chained),
        prev: previous,
        hash,
        body,
        timepk: `${event.at.slice(0, 13)}#${shard}`,
        timesk: `${event.at}#${event.id}`,
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}
