import type { AuditEvent } from '../../core/audit/event.ts';
import type { Change, CommitOutcome } from '../../core/library/store/change.ts';
import { noteOf } from '../../core/library/store/change-note.ts';
import type { CommitWithEvent } from '../audit-table/commit-with-event.ts';
import type { TransactItem } from '../audit-table/transact-item.ts';
import { outboxKey } from './record-keys.lean.ts';
import { toTransactItem } from './transaction-items.ts';

/**
 * Commits a change and its event in one transaction: the records, the note of what follows, and the event.
 * @throws Problem busy
 */
export async function commitChange(
  table: string,
  commit: CommitWithEvent,
  change: Change,
  event: AuditEvent,
): Promise<CommitOutcome> {
  const items = [...change.steps.map((step) => toTransactItem(table, step)), outboxPut(table, change, event)];
  const fate = await commit(items, event);
  return fate.kind === 'refused' ? { kind: 'refused', step: fate.item } : fate;
}

function outboxPut(table: string, change: Change, event: AuditEvent): TransactItem {
  return { Put: { TableName: table, Item: { ...outboxKey(event.id, event.at), ...noteOf(change, event) } } };
}
