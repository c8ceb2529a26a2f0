import { setTimeout as pause } from 'node:timers/promises';
import { AUDIT_TABLE, auditCommit, auditEvent, CHANGES_TABLE, clientOf } from './audit-commit.ts';

/** A process that makes changes with their events, side by side, until it is killed; it prints the id of each that was acknowledged. */
const [endpoint = '', name = '', atOnce = '1'] = process.argv.slice(2);
const commit = auditCommit(clientOf(endpoint), AUDIT_TABLE);
let next = 0;

async function write(): Promise<never> {
  for (;;) {
    const id = `${name}-${next++}`;
    const Put = { TableName: CHANGES_TABLE, Item: { pk: name, sk: id } };
    const isDone = await commit([{ Put }], auditEvent(id)).then(
      ({ kind }) => kind === 'committed',
      // The server was killed, or is not there yet: nobody knows what became of it.
      () => pause(50).then(() => false),
    );
    if (isDone) process.stdout.write(`${id}\n`);
  }
}

await Promise.all(Array.from({ length: Number(atOnce) }, write));
