import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { MailChange, MailChangeStore } from '../../core/accounts/people/mail-change-store.ts';
import { problem } from '../../core/kernel/problems.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';

const DAY_SECONDS = 86_400;

/** A sign-in finishes a change that was cut off; after a week there is nothing to finish. */
const KEPT_SECONDS = 7 * DAY_SECONDS;

/** Changes of address in the accounts table, an item for each person. The table forgets them by their age. */
export function mailChanges(client: DynamoDBDocumentClient, table: string, commit: CommitWithEvent): MailChangeStore {
  const count = async (Key: Readonly<Record<string, string>>, expiresAt: number): Promise<number> => {
    const { Attributes } = await client.send(
      new UpdateCommand({
        ...{ TableName: table, Key },
        UpdateExpression: 'ADD tries :one SET expiresAt = :end',
        ExpressionAttributeValues: { ':one': 1, ':end': expiresAt },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return Number(Attributes?.tries);
  };
  return {
    find: async (personId) => {
      const Key = mailChangeKey(personId);
      const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item && (JSON.parse(String(Item.change)) as MailChange);
    },
    begin: async (change, event) => {
      const { id, personId, endsAt } = change;
      const expiresAt = secondsOf(endsAt) + KEPT_SECONDS;
      const Item = { ...mailChangeKey(personId), id, change: JSON.stringify(change), expiresAt };
      const { kind } = await commit([{ Put: { TableName: table, Item } }], event);
      if (kind !== 'committed') throw problem('busy', 'The change could not be begun. Try again.');
    },
    countTry: ({ id, endsAt }) => count({ pk: `mail-change-tries#${id}`, sk: 'tries' }, secondsOf(endsAt)),
    countBegun: (personId, day) =>
      count({ pk: `mail-changes-begun#${personId}`, sk: day }, secondsOf(day) + 2 * DAY_SECONDS),
  };
}

/** Where the change of a person waits; the transaction that makes it removes it. */
export const mailChangeKey = (personId: string) => ({ pk: `person-mail-change#${personId}`, sk: 'change' });

const secondsOf = (time: string): number => Math.floor(Date.parse(time) / 1000);
