import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ChainedEvent, ChainHead } from '../../core/audit/event-chain.ts';
import { CHAINS, chainName, emptyChain } from '../../core/audit/event-chain.ts';

/** Digits of a sequence number in a key, so that keys sort as numbers do. */
const DIGITS = 12;

/** The ends of the chains that this process writes to. A chain is lent to one writer at a time. */
export interface AuditChains {
  /** A chain's end for an event of this time, ISO 8601: one that was written to before if one is free. */
  take(at: string): Promise<ChainHead>;
  /** The chain's end after an event was written, or as it was. A chain that is not given back is read anew when taken. */
  giveBack(head: ChainHead): void;
  find(chain: string, sequence: number): Promise<ChainedEvent | undefined>;
}

/**
 * @param random 0 <= value < 1; it spreads processes over the chains, each of which then stays with its own
 */
export function auditChains(client: DynamoDBDocumentClient, table: string, random: () => number): AuditChains {
  const free: ChainHead[] = [];
  const lastOf = async (chain: string): Promise<ChainHead | undefined> => {
    const { Items } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': chain },
        ScanIndexForward: false,
        Limit: 1,
        ConsistentRead: true,
      }),
    );
    const [last] = Items ?? [];
    return last && { chain, sequence: Number(last.sk), hash: String(last.hash) };
  };
  return {
    take: async (at) => {
      const kept = free.pop();
      if (kept?.chain.startsWith(at.slice(0, 4))) return kept;
      const number = Math.floor(random() * CHAINS);
      const chain = chainName(at, number);
      const yearBefore = chainName(`${Number(at.slice(0, 4)) - 1}`, number);
      return (await lastOf(chain)) ?? { ...emptyChain(chain), hash: (await lastOf(yearBefore))?.hash ?? '' };
    },
    giveBack: (head) => void free.push(head),
    find: async (chain, sequence) => {
      const { pk, sk } = eventKey({ chain, sequence });
      const { Items } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk = :sk',
          ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
          ConsistentRead: true,
        }),
      );
      const [item] = Items ?? [];
      return item && toEvent(item);
    },
  };
}

export const eventKey = ({ chain, sequence }: Pick<ChainedEvent, 'chain' | 'sequence'>) => ({
  pk: chain,
  sk: String(sequence).padStart(DIGITS, '0'),
});

/** An item of the audit table, read. */
export function toEvent(item: Readonly<Record<string, unknown>>): ChainedEvent {
  return {
    chain: String(item.pk),
    sequence: Number(item.sk),
    previous: String(item.prev),
    hash: String(item.hash),
    body: String(item.body),
  };
}
