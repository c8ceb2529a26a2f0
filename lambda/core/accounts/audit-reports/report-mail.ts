import type { EventCounts } from '../../audit/count-events.ts';
import type { ServiceMail } from '../people/service-mail.ts';
import type { AuditReport } from './audit-report.ts';
import type { ReportPeriod } from './report-period.ts';

/** What is known of the newest seal. */
export interface SealState {
  readonly number: number;
  /** ISO 8601. */
  readonly at: string;
  readonly isSigned: boolean;
}

export interface ReportContent {
  readonly report: Pick<AuditReport, 'name' | 'frequency' | 'actions' | 'callerIds'>;
  readonly period: ReportPeriod;
  readonly counts: EventCounts;
  /** Undefined before the first seal, null in a deployment that makes none. */
  readonly seal: SealState | undefined | null;
  /** Base URL of the API's own host; undefined before anybody knows it. */
  readonly apiUrl: string | undefined;
}

/** Callers that a mail names; the others are counted together. */
const NAMED = 20;

/** A report as plain text: counts and ids, and nothing that says who somebody is. */
export const reportMail = (content: ReportContent): ServiceMail => ({
  subject: `Audit log, ${content.report.frequency}: ${content.report.name}`,
  text: [
    ...heading(content),
    ...listed('By action', content.counts.actions),
    ...listed('By who', content.counts.callers, NAMED),
    ...listed('Refused attempts by code', content.counts.refused),
    ...seals(content),
    ...links(content),
    '',
  ].join('\n'),
});

function heading({ report, period, counts }: ReportContent): string[] {
  const refused = sum(counts.refused);
  return [
    `What the audit log has from ${period.from} to ${period.to}.`,
    ...(report.actions ? [`Only these actions: ${report.actions.join(', ')}.`] : []),
    ...(report.callerIds ? [`Only what these did: ${report.callerIds.join(', ')}.`] : []),
    '',
    `Events: ${counts.events}`,
    `Refused attempts, of everybody: ${refused}`,
    ...(counts.isComplete ? [] : ['There are more events than a report counts; these are the newest.']),
  ];
}

function listed(title: string, counts: ReadonlyMap<string, number>, most = Number.POSITIVE_INFINITY): string[] {
  if (counts.size === 0) return [];
  const sorted = [...counts].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  const rest = sorted.slice(most);
  return [
    '',
    title,
    ...sorted.slice(0, most).map(([name, count]) => `${String(count).padStart(8)}  ${name}`),
    ...(rest.length > 0 ? [`${String(sum(new Map(rest))).padStart(8)}  ${rest.length} others`] : []),
  ];
}

function seals({ seal, counts }: ReportContent): string[] {
  if (seal === null) return ['', 'Seals', '  This deployment makes none: its profile is small.'];
  if (seal === undefined) return ['', 'Seals', '  There is none yet.'];
  return [
    '',
    'Seals',
    `  The newest is number ${seal.number} of ${seal.at}, ${seal.isSigned ? 'signed' : 'NOT signed yet'}.`,
    counts.unsealed === 0
      ? '  It covers every event of this time.'
      : `  It does NOT cover ${counts.unsealed} events of this time.`,
    '  npx vitrine audit verify says whether they still are what was sealed.',
  ];
}

function links({ apiUrl, period: { from, to } }: ReportContent): string[] {
  const log = apiUrl === undefined ? [] : [`The log, for a key or a token that may read it:`, logUrl(apiUrl, from, to)];
  return [
    '',
    ...log,
    'You get this mail because a report of the audit log names you. Your profile has notifications, where you can turn it off.',
  ];
}

const logUrl = (apiUrl: string, from: string, to: string): string =>
  `${apiUrl}/v1/audit/events?${new URLSearchParams({ from, to })}`;

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((all, one) => all + one, 0);
