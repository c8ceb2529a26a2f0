import type { AuditEvent } from './event.ts';

/** Writes an event that is no change's: somebody came in, or read what is watched. @throws Problem busy */
export type RecordEvent = (event: AuditEvent) => Promise<void>;
