import type { RefusalTurns } from '../../core/audit/refused-attempts.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';

const PARTITION = 'refused-attempts';

/** When refused attempts were told last: an item for each code and kind of caller, written in the transaction of the event. */
export function refusalTurns(table: string, commit: CommitWithEvent): RefusalTurns {
  return {
    take: async ({ name, at, every }, event) => {
      const Put = {
        TableName: table,
        Item: { pk: PARTITION, sk: name, toldAt: at },
        ConditionExpression: 'attribute_not_exists(pk) OR toldAt <= :before',
        ExpressionAttributeValues: { ':before': at - every },
      };
      return (await commit([{ Put }], event)).kind === 'committed';
    },
  };
}
