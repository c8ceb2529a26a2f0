import type { ChangeStep } from '../../core/library/store/change.ts';
import type { TransactItem } from '../audit-table/transact-item.ts';
import { stepKey, toItem } from './record-items.ts';

export function toTransactItem(table: string, step: ChangeStep): TransactItem {
  if ('create' in step) {
    return {
      Put: {
        TableName: table,
        Item: toItem(step.create, step.record as never),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    };
  }
  const condition = conditionOf(step.was);
  if ('replace' in step) {
    return { Put: { TableName: table, Item: toItem(step.replace, step.record as never), ...condition } };
  }
  if ('check' in step) return { ConditionCheck: { TableName: table, Key: stepKey(step), ...condition } };
  return { Delete: { TableName: table, Key: stepKey(step), ...condition } };
}

/** That the item exists and has these members; a member that is undefined must be missing. */
export function conditionOf(was: object) {
  const members = Object.entries(was);
  const terms = members.map(([, value], index) =>
    value === undefined ? `attribute_not_exists(#w${index})` : `#w${index} = :w${index}`,
  );
  const values = members.flatMap(([, value], index) => (value === undefined ? [] : [[`:w${index}`, value]]));
  return {
    ConditionExpression: ['attribute_exists(pk)', ...terms].join(' AND '),
    ...(members.length > 0 && {
      ExpressionAttributeNames: Object.fromEntries(members.map(([name], index) => [`#w${index}`, name])),
    }),
    ...(values.length > 0 && { ExpressionAttributeValues: Object.fromEntries(values) }),
  };
}
