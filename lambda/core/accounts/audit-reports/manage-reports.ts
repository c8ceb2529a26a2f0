import { LIMITS } from '../../../contract/limits.ts';
import type { AuditEvent } from '../../audit/event.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import type { PersonStore } from '../people/person-store.ts';
import type { AuditReport } from './audit-report.ts';
import type { AuditReportChange, AuditReportStore } from './report-store.ts';

export interface ManageReportsDeps {
  readonly auditReports: AuditReportStore;
  readonly people: PersonStore;
  readonly clock: Clock;
  /** 24 hexadecimal characters. */
  readonly hexId: () => string;
  readonly makeEvent: MakeEvent;
}

type Choices = Pick<AuditReport, 'name' | 'frequency' | 'personIds' | 'actions' | 'callerIds'>;

export type NewReport = { readonly [Name in keyof Choices]: Choices[Name] | undefined } & Pick<
  Choices,
  'name' | 'frequency' | 'personIds'
>;

/** What a caller changes; what is missing stays, and null counts everything again. */
export type ReportUpdate = {
  readonly [Name in keyof Choices]?: Choices[Name] | (Name extends 'actions' | 'callerIds' ? null : never) | undefined;
};

/** Tries of a change that others keep overtaking. */
const ROUNDS = 10;

/** Oldest first. */
export const listReports = async ({ auditReports }: Pick<ManageReportsDeps, 'auditReports'>) =>
  (await auditReports.read()).reports;

/** @throws Problem audit-report.invalid or busy */
export async function createReport(deps: ManageReportsDeps, caller: Caller, input: NewReport): Promise<AuditReport> {
  await requirePeople(deps, input.personIds);
  const createdAt = new Date(deps.clock()).toISOString();
  const { name, frequency, personIds, actions, callerIds } = input;
  const made: AuditReport = {
    ...{ id: deps.hexId(), name, frequency, personIds },
    ...(actions && { actions }),
    ...(callerIds && { callerIds }),
    ...{ createdAt, updatedAt: createdAt },
  };
  await change(deps, (reports) => {
    if (reports.length >= LIMITS.auditReports) {
      throw problem('audit-report.invalid', `There may be at most ${LIMITS.auditReports} reports of the audit log.`);
    }
    return [{ put: made }, deps.makeEvent(caller, 'audit-report.created', objectOf(made.id), { after: { ...made } })];
  });
  return made;
}

/** @throws Problem audit-report.missing, audit-report.invalid or busy */
export async function updateReport(
  deps: ManageReportsDeps,
  caller: Caller,
  id: string,
  update: ReportUpdate,
): Promise<AuditReport> {
  if (update.personIds) await requirePeople(deps, update.personIds);
  const updatedAt = new Date(deps.clock()).toISOString();
  const done = await change(deps, (reports) => {
    const before = reportWithId(reports, id);
    const after = { ...updated(before, update), updatedAt };
    const difference = { before: { ...before }, after: { ...after } };
    return [{ put: after }, deps.makeEvent(caller, 'audit-report.updated', objectOf(id), difference)];
  });
  return 'put' in done ? done.put : done.remove;
}

/** @throws Problem audit-report.missing or busy */
export async function deleteReport(deps: ManageReportsDeps, caller: Caller, id: string): Promise<void> {
  await change(deps, (reports) => {
    const before = reportWithId(reports, id);
    const event = deps.makeEvent(caller, 'audit-report.deleted', objectOf(id), { before: { ...before } });
    return [{ remove: before }, event];
  });
}

function updated({ actions, callerIds, ...before }: AuditReport, update: ReportUpdate): AuditReport {
  const nextActions = update.actions === undefined ? actions : update.actions;
  const nextCallerIds = update.callerIds === undefined ? callerIds : update.callerIds;
  return {
    ...before,
    name: update.name ?? before.name,
    frequency: update.frequency ?? before.frequency,
    personIds: update.personIds ?? before.personIds,
    ...(nextActions && { actions: nextActions }),
    ...(nextCallerIds && { callerIds: nextCallerIds }),
  };
}

/** @throws Problem audit-report.missing */
export function reportWithId(reports: readonly AuditReport[], id: string): AuditReport {
  const found = reports.find((one) => one.id === id);
  if (!found) throw problem('audit-report.missing', 'No report of the audit log has this id.');
  return found;
}

async function requirePeople({ people }: ManageReportsDeps, personIds: readonly string[]): Promise<void> {
  for (const id of personIds) {
    if (!(await people.find(id)))
      throw problem('audit-report.invalid', `personIds has an id that is no person’s: ${id}.`);
  }
}

type Decide = (reports: readonly AuditReport[]) => readonly [AuditReportChange, AuditEvent];

/** Decides on what is stored, and again when others were faster. @throws Problem busy */
export async function change(
  { auditReports }: Pick<ManageReportsDeps, 'auditReports'>,
  decide: Decide,
): Promise<AuditReportChange> {
  for (let round = 0; round < ROUNDS; round++) {
    const { reports, version } = await auditReports.read();
    const [wanted, event] = decide(reports);
    if (await auditReports.commit(wanted, version, event)) return wanted;
  }
  throw problem('busy', 'The reports of the audit log are changed by others all the time. Try again.');
}

export const objectOf = (id: string) => ({ kind: 'audit-report', id });
