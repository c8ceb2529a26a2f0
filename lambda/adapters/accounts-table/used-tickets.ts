import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { UsedTickets } from '../../core/accounts/signed-uploads/upload-ticket.ts';
import { CLOCK_SKEW_SECONDS } from '../../core/accounts/signed-uploads/upload-ticket.ts';
import { sha256Hex } from '../../core/kernel/sha256.ts';

/**
 * Used tickets in the accounts table, so that one is used once in all regions: an item each, gone by the table's time to
 * live when the ticket has ended anyway. A digest stands for the token, because it is a secret until then.
 */
export function usedTickets(client: DynamoDBClient, table: string): UsedTickets {
  return {
    use: async (publicKey, { token, endsAt }) => {
      const pk = `upload-ticket#${sha256Hex(`${publicKey}\0${token}`)}`;
      const expiresAt = String(endsAt + CLOCK_SKEW_SECONDS);
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: { pk: { S: pk }, sk: { S: 'used' }, expiresAt: { N: expiresAt } },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
        throw error;
      }
    },
  };
}
