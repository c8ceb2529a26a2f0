import { existsSync, readFileSync } from 'node:fs';
import type { AuditEvent } from '../../lambda/core/audit/event.ts';
import type { ChainedEvent } from '../../lambda/core/audit/event-chain.ts';
import type { KeptHead } from './verify-chains.ts';

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
] as const;

/** The events for a spreadsheet (RFC 4180), oldest first. */
export function csvOf(events: readonly ChainedEvent[]): string {
  const told = events.map(({ body }) => JSON.parse(body) as AuditEvent).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return [[...COLUMNS], ...told.map(rowOf)].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

const rowOf = ({ at, action, caller, object, before, after, requestId }: AuditEvent): string[] => [
  ...[at, action, caller.kind, caller.id, object.kind, object.id],
  ...[before, after].map((value) => (value ? JSON.stringify(value) : '')),
  requestId,
];

/** A spreadsheet would calculate what begins like a formula (OWASP, "CSV Injection"). */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** The ends of chains that were written down before; none when the file is not there yet. */
export function keptHeads(file: string): readonly KeptHead[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const [chain = '', sequence, hash = ''] = line.split(' ');
    return { chain, sequence: Number(sequence), hash };
  });
}
