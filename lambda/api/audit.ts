import * as z from 'zod';
import { AUDIT_ACTIONS } from '../core/audit/actions.ts';
import { CHAINS } from '../core/audit/event-chain.ts';
import { EVENT_SOURCES } from '../core/audit/event-source.ts';
import { END_OF_CHAIN } from '../core/audit/event-store.ts';
import type { ExportPosition } from '../core/audit/export-log.ts';
import { EXPORT_FORMATS, exportLog } from '../core/audit/export-log.ts';
import type { EventPosition } from '../core/audit/list-events.ts';
import { listEvents } from '../core/audit/list-events.ts';
import { noteLogReading } from '../core/audit/log-readings.ts';
import { toldEvent } from '../core/audit/told-event.ts';
import { problem } from '../core/kernel/problems.ts';
import { Answered } from './answered.ts';
import { defineOperation } from './operation.ts';
import { answeredMoment, countInQuery, members, moment, oneLine, oneOf, says } from './schemas/members.ts';
import { nothing, pathIds } from './schemas/parameters.ts';

/** Days that a list without `from` goes back. */
const DAYS = 90;
const DAY = 86_400_000;

const MOST = 200;
const ID_CHARACTERS = 200;

/** An answer has room for so many events of the largest kind (AWS Lambda, "Quotas": 6 MB). */
const MOST_OF_A_CHAIN = 500;

const CURSOR = 'the x-next-cursor of the part before';

/** RFC 4180, RFC 7111. */
const CSV = 'text/csv; charset=utf-8';

const YEAR = 'a year of four digits, such as 2026';

const event = () =>
  z.object({
    id: z.string(),
    action: z.string(),
    caller: z.object({ kind: z.string(), id: z.string() }),
    source: z.enum(EVENT_SOURCES),
    object: z.object({ kind: z.string(), id: z.string() }),
    before: z.record(z.string(), z.unknown()).optional(),
    after: z.record(z.string(), z.unknown()).optional(),
    at: answeredMoment(),
    requestId: z.string(),
    result: z.enum(['failed']).optional(),
  });

const listQuery = () =>
  members({
    action: oneOf(AUDIT_ACTIONS).optional(),
    callerId: oneLine(ID_CHARACTERS).optional(),
    objectId: oneLine(ID_CHARACTERS).optional(),
    from: moment().optional(),
    to: moment().optional(),
    limit: countInQuery(1, MOST).default(50),
    cursor: z.string(says(CURSOR)).max(2000, says(CURSOR)).optional(),
  });

const exportQuery = () =>
  members({
    format: oneOf(EXPORT_FORMATS).default('jsonl'),
    year: z
      .string(says(YEAR))
      .regex(/^[2-9]\d{3}$/, says(YEAR))
      .optional(),
    cursor: z.string(says(CURSOR)).max(200, says(CURSOR)).optional(),
  });

const chained = () =>
  z.object({ chain: z.string(), seq: z.int(), prev: z.string(), hash: z.string(), body: z.string() });

/** The audit log, to be read and to be verified. Nothing changes it but the changes that it tells of. */
export const auditOperations = [
  defineOperation({
    id: 'audit.list',
    methods: ['GET'],
    paths: ['/v1/audit/events'],
    access: { permission: 'audit.read' },
    resource: 'audit',
    input: () => ({ path: nothing(), query: listQuery(), body: { kind: 'none' } }),
    answer: {
      status: 200,
      schema: () => z.array(event()),
      addedHeaders: { 'x-next-cursor': 'Where the next part begins, for `cursor`; missing at the end.' },
    },
    problems: ['audit.invalid', 'busy'],
    audit: { action: 'audit.read' },
    rateClass: 'read',
    sentence: `Lists changes, the newest first: who changed what and when. Without \`from\` the last ${DAYS} days. A part may have fewer events than \`limit\` and still a cursor. The audit log has who read it.`,
    example: { given: ['files.upload'], query: { action: 'file.uploaded', limit: '10' } },
    run: async ({ audit }, caller, { query: { limit, cursor, from, to, ...others } }) => {
      const filter = { ...others, ...range(audit.clock(), from, to) };
      const position = cursor === undefined ? undefined : readPosition(cursor);
      await noteLogReading(audit, caller, { action: 'audit.read', what: 'events' });
      const { events, next } = await listEvents(audit.events, filter, limit, position);
      return new Answered([...events], next ? { headers: { 'x-next-cursor': writePosition(next) } } : {});
    },
  }),
  defineOperation({
    id: 'audit.export',
    methods: ['GET'],
    paths: ['/v1/audit/export'],
    access: { permission: 'audit.read' },
    resource: 'audit',
    input: () => ({ path: nothing(), query: exportQuery(), body: { kind: 'none' } }),
    answer: {
      status: 200,
      schema: () => z.string(),
      mediaType: 'text/plain; charset=utf-8',
      otherMediaTypes: [CSV],
      addedHeaders: { 'x-next-cursor': 'Where the next part begins, for `cursor`; missing at the end.' },
    },
    problems: ['audit.invalid', 'busy'],
    audit: { action: 'audit.exported' },
    rateClass: 'read',
    sentence:
      'Gives all events of a year in parts, as JSON Lines that can be verified, or as CSV. The audit log has who asked.',
    example: { given: ['files.upload'], query: { format: 'jsonl' } },
    run: async ({ audit }, caller, { query: { format, year, cursor } }) => {
      const wanted = { format, year: year ?? new Date(audit.clock()).toISOString().slice(0, 4) };
      const { text, next } = await exportLog(
        audit,
        caller,
        wanted,
        cursor === undefined ? undefined : readPlace(cursor),
      );
      return new Answered(text, {
        headers: {
          ...(format === 'csv' && { 'content-type': CSV }),
          ...(next && { 'x-next-cursor': writePlace(next) }),
        },
      });
    },
  }),
  defineOperation({
    id: 'audit.chain',
    methods: ['GET'],
    paths: ['/v1/audit/chains/:chain'],
    access: { permission: 'audit.read' },
    resource: 'audit',
    input: () => ({
      path: pathIds('chain')(),
      query: members({
        after: countInQuery(0, 999_999_999).default(0),
        limit: countInQuery(1, MOST_OF_A_CHAIN).default(MOST_OF_A_CHAIN),
      }),
      body: { kind: 'none' },
    }),
    answer: { status: 200, schema: () => z.array(chained()) },
    problems: ['audit.invalid', 'busy'],
    audit: { action: 'audit.read' },
    rateClass: 'read',
    sentence:
      'Tells the events of a chain as they were hashed, so that anybody can verify that none was changed, added or left out. The audit log has who read it.',
    example: { path: { chain: '2026-00' } },
    run: async ({ audit }, caller, { path: { chain }, query: { after, limit } }) => {
      if (!isChain(chain))
        throw problem('audit.invalid', `A chain is a year and a number from 00 to ${CHAINS - 1}, such as 2026-07.`);
      await noteLogReading(audit, caller, { action: 'audit.read', what: 'chains' });
      return (await audit.events.after(chain, after, limit)).map(toldEvent);
    },
  }),
];

const isChain = (text: string): boolean => /^\d{4}-\d\d$/.test(text) && Number(text.slice(5)) < CHAINS;

/** @throws Problem audit.invalid */
function range(now: number, from: string | undefined, to: string | undefined) {
  const until = to ?? new Date(now + DAY).toISOString();
  const since = from ?? new Date(Date.parse(until) - DAYS * DAY).toISOString();
  if (since >= until) throw problem('audit.invalid', 'from must be before to.');
  return { from: since, to: until };
}

const position = () => z.tuple([z.int().min(2000).max(9999), z.array(z.int().min(0)).length(CHAINS)]);

/** It tells nothing that its reader may not see, so it is not sealed. */
const writePosition = ({ year, before }: EventPosition): string =>
  Buffer.from(JSON.stringify([year, before])).toString('base64url');

/** @throws Problem audit.invalid */
function readPosition(text: string): EventPosition {
  try {
    const [year, before] = position().parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { year, before };
  } catch {
    throw problem('audit.invalid', `cursor must be ${CURSOR}.`);
  }
}

const place = () =>
  z.tuple([
    z
      .int()
      .min(0)
      .max(CHAINS - 1),
    z.int().min(0).max(END_OF_CHAIN),
  ]);

const writePlace = ({ chain, after }: ExportPosition): string =>
  Buffer.from(JSON.stringify([chain, after])).toString('base64url');

/** @throws Problem audit.invalid */
function readPlace(text: string): ExportPosition {
  try {
    const [chain, after] = place().parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { chain, after };
  } catch {
    throw problem('audit.invalid', `cursor must be ${CURSOR}.`);
  }
}
