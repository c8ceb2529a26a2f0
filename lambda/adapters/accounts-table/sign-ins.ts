import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { LIMITS } from '../../contract/limits.ts';
import type { SealedSignIn, SignInHistory } from '../../core/accounts/sign-in-history/sign-in-history.ts';

const DAY_SECONDS = 86_400;

/** Sign-ins in the accounts table, a partition for each person, in the order of time. The table forgets them by their age. */
export function signIns(client: DynamoDBDocumentClient, table: string): SignInHistory {
  return {
    add: async (entry) => void (await client.send(new PutCommand({ TableName: table, Item: signInItem(entry) }))),
    list: async (personId, since, limit) => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND sk >= :since',
          ExpressionAttributeValues: { ':pk': partitionOf(personId), ':since': since },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return Items.map(({ sk, sealed }) => {
        const [at = '', id = ''] = String(sk).split('#');
        return { personId, at, id, sealed: String(sealed) };
      });
    },
  };
}

/** As a session's transaction writes it, too. */
export function signInItem({ personId, at, id, sealed }: SealedSignIn) {
  const expiresAt = Math.floor(Date.parse(at) / 1000) + LIMITS.signInDays * DAY_SECONDS;
  return { pk: partitionOf(personId), sk: `${at}#${id}`, sealed, expiresAt };
}

const partitionOf = (personId: string): string => `person-sign-ins#${personId}`;
