import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { DependentVariants } from '../../core/purge/variant-removal.ts';
import { DEPENDENT_KEY } from './library-keys.lean.ts';

/** Records that the transformer keeps of what variants were made with. */
export function dependentVariants(client: DynamoDBClient, table: string): DependentVariants {
  return {
    list: async (dependency) => {
      const { pk } = DEPENDENT_KEY.of(dependency, '');
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: pk } },
          ConsistentRead: true,
        },
      );
      const keys: string[] = [];
      for await (const { Items = [] } of pages)
        keys.push(...Items.map(({ sk }) => DEPENDENT_KEY.variantOf(sk?.S ?? '')));
      return keys;
    },
    remove: async (dependency, variantKeys) => {
      for (const variantKey of variantKeys) {
        const { pk, sk } = DEPENDENT_KEY.of(dependency, variantKey);
        await client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } } }));
      }
    },
  };
}
