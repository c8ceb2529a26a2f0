import type { AuditEvent } from '../../audit/event.ts';
import type { MakeEvent } from '../../audit/event-maker.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Clock } from '../../kernel/clock.ts';
import { problem } from '../../kernel/problems.ts';
import type { Endpoint } from '../../settings/endpoints/endpoint.ts';
import type { DeploymentRegions } from '../../settings/endpoints/endpoint-region.ts';
import { regionOf } from '../../settings/endpoints/endpoint-region.ts';
import type { SettingsChange, SettingsStore } from '../published/edge-settings.ts';
import type { Failover, FailoverInput } from './failover.ts';
import { endOf, failoverKey, failoversIn, failoverValue, requireOtherRegion } from './failover.ts';

export interface ManageFailoversDeps {
  /** The edge's settings. Failovers are nowhere else: the region that is down may be the one with the accounts. */
  readonly edgeSettings: Pick<SettingsStore, 'read' | 'change'>;
  readonly regions: DeploymentRegions;
  /** The region that answers from the copy of another one. @returns undefined when nobody does */
  readonly fallbackOf: (region: string) => Promise<string | undefined>;
  /** All of them. @throws while the region with the settings is away */
  readonly endpoints: () => Promise<readonly Endpoint[]>;
  /** Whose API is asked. */
  readonly region: string;
  readonly clock: Clock;
  readonly makeEvent: MakeEvent;
  /** Writes into this region's audit log. */
  readonly record: (event: AuditEvent) => Promise<void>;
}

export interface BegunFailover extends Failover {
  /** Ids of endpoints of the region that no other one answers for. @default it is not known, because home is away */
  readonly staysOut?: readonly string[];
}

/** Tries of a change that others keep overtaking. */
const ROUNDS = 5;

export async function listFailovers({ edgeSettings, regions, clock }: ManageFailoversDeps): Promise<Failover[]> {
  return failoversIn((await edgeSettings.read()).entries, regions.home, clock());
}

/**
 * Declares a region down for some time. The edge compares the end with its own clock, so it ends without another call; whoever
 * wants it longer says so again.
 * @throws Problem failover.invalid, busy
 */
export async function beginFailover(
  deps: ManageFailoversDeps,
  caller: Caller,
  { region, minutes, reason }: FailoverInput,
): Promise<BegunFailover> {
  await requireOtherRegion(deps.regions, deps.region, region);
  const seconds = endOf(minutes, deps.clock());
  const to = await fallbackFor(deps, region);
  const failover = { region, until: new Date(seconds * 1000).toISOString(), ...(to !== undefined && { to }) };
  const event = deps.makeEvent(caller, 'failover.begun', objectOf(region), { after: { ...failover, reason } });
  const puts = new Map([[failoverKey(region, deps.regions.home), failoverValue(seconds, to)]]);
  await told(deps, event, { puts, deletes: [] });
  const staysOut = await staysOutOf(deps, failover);
  return { ...failover, ...(staysOut && { staysOut }) };
}

/** The region that answers meanwhile, unless it is down itself. */
export async function fallbackFor(deps: ManageFailoversDeps, region: string): Promise<string | undefined> {
  const to = await deps.fallbackOf(region);
  const isDown = to !== undefined && (await listFailovers(deps)).some((one) => one.region === to);
  return isDown ? undefined : to;
}

/** Endpoints of the region that are answered 503 meanwhile; undefined when that cannot be read. */
async function staysOutOf(
  { endpoints, regions }: ManageFailoversDeps,
  { region, to }: Failover,
): Promise<readonly string[] | undefined> {
  const all = await endpoints().catch(() => undefined);
  return all
    ?.filter((one) => regionOf(one, regions.home) === region && (to === undefined || one.residencyLock))
    .map(({ id }) => id);
}

/** @throws Problem failover.not-found, busy */
export async function endFailover(deps: ManageFailoversDeps, caller: Caller, region: string): Promise<void> {
  const found = (await listFailovers(deps)).find((one) => one.region === region);
  if (!found) throw problem('failover.not-found', 'The region is not declared down.');
  const event = deps.makeEvent(caller, 'failover.ended', objectOf(region), { before: { ...found } });
  await told(deps, event, { puts: new Map(), deletes: [failoverKey(region, deps.regions.home)] });
}

/** The edge knows no transaction with the audit log, so the event comes first: a change that failed is told to have failed. */
async function told(deps: ManageFailoversDeps, event: AuditEvent, change: SettingsChange): Promise<void> {
  await deps.record(event);
  try {
    await carryOut(deps, change);
  } catch (error) {
    await deps.record({ ...event, result: 'failed' });
    throw error;
  }
}

/** @throws Problem busy */
async function carryOut({ edgeSettings }: ManageFailoversDeps, change: SettingsChange): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const { version } = await edgeSettings.read();
    if ((await edgeSettings.change(change, version)) !== undefined) return;
  }
  throw problem('busy', 'The settings of the edge are being changed by too many calls at once; try again.');
}

const objectOf = (region: string) => ({ kind: 'region', id: region });
