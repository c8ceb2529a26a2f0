import type { RecordEvent } from '../core/audit/event-maker.ts';

/** Writes an event as one line of JSON: the log is where events are kept that have no table of their own yet. */
export const auditLog: RecordEvent = (told) => {
  console.info(JSON.stringify({ level: 'INFO', event: 'audit', told }));
};
