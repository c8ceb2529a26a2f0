import { LIMITS } from '../../../contract/limits.ts';
import { countEvents } from '../../audit/count-events.ts';
import type { AuditEvent } from '../../audit/event.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { EventStore } from '../../audit/event-store.ts';
import { readSeal } from '../../audit/seal.ts';
import type { SealStore } from '../../audit/seal-chains.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Report } from '../../kernel/report.ts';
import type { HeldRolesDeps } from '../people/held-roles.ts';
import { personCaller } from '../people/held-roles.ts';
import type { NotifyDeps } from '../people/notify.ts';
import { notify } from '../people/notify.ts';
import type { Person } from '../people/person.ts';
import type { PersonStore } from '../people/person-store.ts';
import { isAllowed } from '../policy.ts';
import type { AuditReport } from './audit-report.ts';
import { change, objectOf, reportWithId } from './manage-reports.ts';
import { reportMail } from './report-mail.ts';
import type { ReportPeriod } from './report-period.ts';
import { duePeriod } from './report-period.ts';
import type { AuditReportStore } from './report-store.ts';

export interface SendReportsDeps extends NotifyDeps, HeldRolesDeps {
  readonly auditReports: AuditReportStore;
  readonly events: EventStore;
  /** @default the deployment makes no seals */
  readonly seals?: Pick<SealStore, 'last'> | undefined;
  readonly people: Pick<PersonStore, 'find'>;
  readonly makeEvent: MakeEvent;
  readonly clock: Clock;
  /** Base URL of the API's own host; undefined before anybody knows it. */
  readonly apiUrl: () => Promise<string | undefined>;
  readonly report: Report;
}

const SYSTEM: Pick<Caller, 'kind' | 'id'> = { kind: 'system', id: 'system' };

/**
 * Sends every report that is due. One that fails is due again, and the others are sent all the same.
 * @throws Error when one could not be made or sent, so that the run counts as failed
 */
export async function sendReports(deps: SendReportsDeps): Promise<void> {
  const { reports } = await deps.auditReports.read();
  const failed: string[] = [];
  for (const report of reports) {
    const period = duePeriod(report, deps.clock());
    if (period && !(await hasSent(deps, report, period))) failed.push(report.id);
  }
  if (failed.length > 0) throw new Error(`Reports of the audit log were not sent: ${failed.join(', ')}.`);
}

async function hasSent(deps: SendReportsDeps, report: AuditReport, period: ReportPeriod): Promise<boolean> {
  try {
    await sendReport(deps, report, period);
    return true;
  } catch (error) {
    deps.report('audit-report-failed', error);
    return false;
  }
}

/** It is written down before anything of the log is mailed; when a mail then fails, a second event says so and the report is due again. */
async function sendReport(deps: SendReportsDeps, report: AuditReport, period: ReportPeriod): Promise<void> {
  const receivers = await receiversOf(deps, report);
  const mail = reportMail(await contentOf(deps, report, period));
  const event = deps.makeEvent(SYSTEM, 'audit-report.sent', objectOf(report.id), {
    before: { sentUntil: report.sentUntil ?? null },
    after: { sentUntil: period.to, from: period.from, personIds: receivers.map(({ id }) => id) },
  });
  await setSentUntil(deps, report.id, period.to, event);
  const outcomes = await Promise.allSettled(receivers.map((person) => notify(deps, person, 'auditReport', mail)));
  if (outcomes.every((one) => one.status === 'fulfilled' && one.value !== 'failed')) return;
  await setSentUntil(deps, report.id, report.sentUntil, { ...event, result: 'failed' });
  throw new Error('A mail could not be sent.');
}

/** Who is named and may read the log now. */
async function receiversOf(deps: SendReportsDeps, { personIds }: AuditReport): Promise<readonly Person[]> {
  const found: Person[] = [];
  for (const id of personIds) {
    const person = await deps.people.find(id);
    const mayRead = person?.status === 'active' && isAllowed(await personCaller(deps, person), 'audit.read');
    if (person && mayRead) found.push(person);
  }
  return found;
}

async function contentOf(deps: SendReportsDeps, report: AuditReport, period: ReportPeriod) {
  const { actions, callerIds } = report;
  const last = await deps.seals?.last();
  const seal = last && readSeal(last.text);
  if (last && !seal) throw new Error(`Seal ${last.number} is none; somebody else put it there.`);
  const wanted = { ...period, actions, callerIds };
  const counts = await countEvents(deps.events, wanted, seal?.heads ?? [], LIMITS.auditReportEvents);
  const state = last && seal && { number: seal.number, at: seal.at, isSigned: last.isSigned };
  return { report, period, counts, seal: deps.seals ? state : null, apiUrl: await deps.apiUrl() };
}

/** Of a report that may have been changed meanwhile; one that is gone is not sent. */
const setSentUntil = (deps: SendReportsDeps, id: string, to: string | undefined, event: AuditEvent) =>
  change(deps, (reports) => {
    const { sentUntil: _, ...others } = reportWithId(reports, id);
    return [{ put: { ...others, ...(to !== undefined && { sentUntil: to }) } }, event];
  });
