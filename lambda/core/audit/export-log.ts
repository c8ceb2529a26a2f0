import type { Caller } from '../kernel/caller.ts';
import { CHAINS, type ChainedEvent, chainName } from './event-chain.ts';
import type { EventStore } from './event-store.ts';
import { csvOf } from './event-table.ts';
import type { NoteLogReadingDeps } from './log-readings.ts';
import { noteLogReading } from './log-readings.ts';
import { jsonLine } from './told-event.ts';

/** `jsonl` can be verified, `csv` is for people. */
export const EXPORT_FORMATS = ['jsonl', 'csv'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportLogDeps extends NoteLogReadingDeps {
  readonly events: EventStore;
}

export interface LogExport {
  /** Four digits. */
  readonly year: string;
  readonly format: ExportFormat;
}

/** Where an export goes on: in this chain, after this sequence number. */
export interface ExportPosition {
  readonly chain: number;
  readonly after: number;
}

export interface ExportPart {
  readonly text: string;
  /** Missing at the end. */
  readonly next?: ExportPosition;
}

/** Events of one part: an answer has room for so many of the largest kind (AWS Lambda, "Quotas": 6 MB). */
const PART = 500;

/**
 * Gives a year's events, chain by chain, in parts. That somebody exports them is an event itself, written before anything is given.
 * @throws Problem busy
 */
export async function exportLog(
  deps: ExportLogDeps,
  caller: Caller,
  { year, format }: LogExport,
  position?: ExportPosition,
): Promise<ExportPart> {
  const reading = { action: 'audit.exported', what: year, after: { format } } as const;
  await noteLogReading(deps, caller, { ...reading, begins: !position });
  const { part, next } = await readPart(deps.events, year, position ?? { chain: 0, after: 0 });
  const text = format === 'csv' ? csvOf(part, !position) : part.map(jsonLine).join('');
  return { text, ...(next && { next }) };
}

/** A chain is at its end when it gives nothing more: DynamoDB may give less than it was asked for. */
async function readPart(events: EventStore, year: string, position: ExportPosition) {
  const part: ChainedEvent[] = [];
  let { chain, after } = position;
  while (chain < CHAINS && part.length < PART) {
    const read = await events.after(chainName(year, chain), after, PART - part.length);
    part.push(...read);
    const last = read.at(-1);
    [chain, after] = last ? [chain, last.sequence] : [chain + 1, 0];
  }
  return { part, ...(chain < CHAINS && { next: { chain, after } }) };
}
