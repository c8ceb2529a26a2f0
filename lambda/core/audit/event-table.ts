import type { AuditEvent } from './event.ts';
import type { ChainedEvent } from './event-chain.ts';

const COLUMNS = [
  'at',
  'action',
  'caller kind',
  'caller',
  'object kind',
  'object',
  'before',
  'after',
  'request',
  'source',
] as const;

/** The events for a spreadsheet (RFC 4180), oldest first. */
export function csvOf(events: readonly ChainedEvent[], hasHead = true): string {
  const told = events.map(({ body }) => JSON.parse(body) as AuditEvent).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const rows = [...(hasHead ? [[...COLUMNS]] : []), ...told.map(rowOf)];
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

const rowOf = ({ at, action, caller, object, before, after, requestId, source }: AuditEvent): string[] => [
  ...[at, action, caller.kind, caller.id, object.kind, object.id],
  ...[before, after].map((value) => (value ? JSON.stringify(value) : '')),
  requestId,
  source,
];

/** A spreadsheet would calculate what begins like a formula (OWASP, "CSV Injection"). */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
