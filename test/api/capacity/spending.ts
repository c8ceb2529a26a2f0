import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDocuments } from '../../../lambda/adapters/signed-http/dynamo-documents.ts';

/** What DynamoDB said that work consumed. Units of a transaction are twice those of single writes. */
export interface Spending {
  /** Items and write units of each transaction, the largest first. */
  readonly transactions: readonly (readonly [items: number, units: number])[];
  /** Write units of what was written outside of transactions. */
  readonly single: number;
  /** Read units, of consistent reads 1 for 4 KB. */
  readonly reads: number;
}

interface Counts {
  readonly transactions: [number, number][];
  single: number;
  reads: number;
}

interface Capacity {
  readonly CapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
}

/** What sends commands; one that hands them on to another is counted by the inner one. */
const CLIENTS = [DynamoDBClient, DynamoDBDocumentClient, DynamoDocuments];

const counts: { current: Counts | undefined } = { current: undefined };

/** Has every client of the SDK ask DynamoDB for what its calls consume. @returns puts the clients back as they were */
export function countEveryClient(): () => void {
  const undo = CLIENTS.map(({ prototype }) => {
    const { send } = prototype;
    prototype.send = async function counted(this: unknown, command: { input: object }, ...rest: unknown[]) {
      // The document client's commands have handed their input on already: the same object must change.
      Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' });
      const answer = (await Reflect.apply(send, this, [command, ...rest])) as {
        ConsumedCapacity?: Capacity | Capacity[];
      };
      count(command.constructor.name, command.input, [answer.ConsumedCapacity ?? []].flat());
      return answer;
    } as never;
    return () => {
      prototype.send = send;
    };
  });
  return () => {
    for (const one of undo) one();
  };
}

function count(name: string, input: object, capacities: readonly Capacity[]): void {
  const { current } = counts;
  if (!current) return;
  const units = capacities.reduce((sum, one) => sum + (one.WriteCapacityUnits ?? one.CapacityUnits ?? 0), 0);
  if (/^TransactWrite/.test(name)) {
    current.transactions.push([(input as { TransactItems: readonly unknown[] }).TransactItems.length, units]);
  } else if (/^(Put|Update|Delete|BatchWrite)/.test(name)) current.single += units;
  else current.reads += units;
}

/** What one piece of work consumes; nothing else may run beside it. */
export async function spendingOf(work: () => Promise<unknown>): Promise<Spending> {
  const mine: Counts = { transactions: [], single: 0, reads: 0 };
  counts.current = mine;
  await work();
  counts.current = undefined;
  return { ...mine, transactions: mine.transactions.toSorted(([, one], [, other]) => other - one) };
}
