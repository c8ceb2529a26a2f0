import type { Caller } from '../../kernel/caller.ts';
import type { ManageFailoversDeps } from './manage-failovers.ts';
import { beginFailover, fallbackFor, listFailovers } from './manage-failovers.ts';

export interface WatchRegionDeps extends ManageFailoversDeps {
  /** The other region. */
  readonly watched: string;
  /** Whether a region answers, asked as its users ask it. */
  readonly answers: (region: string) => Promise<boolean>;
  /** When the watched region did not answer, milliseconds since 1970; kept between runs. */
  readonly failures: {
    readonly read: () => Promise<readonly number[]>;
    readonly write: (times: readonly number[]) => Promise<void>;
  };
}

/** `blind`: this region does not reach itself either, so it knows nothing of others. */
export type WatchOutcome = 'there' | 'blind' | 'failing' | 'begun' | 'declared';

/** Three runs of five that found nobody: a region that comes and goes begins no more than one that is away. */
const ENOUGH = 3;
const WITHIN = 5 * 60_000;

/** Minutes of a failover that the alarm begins. It begins the next one shortly before the end, if it must. */
const MINUTES = 30;
const SHORTLY = 5 * 60_000;

const ALARM: Caller = { kind: 'system', id: 'health-alarm', grants: [] };

/**
 * One look at another region. When it does not answer for long enough, and somebody can answer for it, a failover begins, which ends by itself. A
 * region that nobody can answer for is left to people: the CDN's cache goes on meanwhile.
 * @throws what the edge or the audit log failed with
 */
export async function watchRegion(deps: WatchRegionDeps): Promise<WatchOutcome> {
  const { watched, clock } = deps;
  if (await deps.answers(watched)) return 'there';
  if (!(await deps.answers(deps.region))) return 'blind';
  const now = clock();
  const recent = [...(await deps.failures.read()).filter((at) => at <= now && now - at < WITHIN), now];
  await deps.failures.write(recent);
  if (recent.length < ENOUGH || !(await isAnsweredFor(deps))) return 'failing';
  const declared = (await listFailovers(deps)).find(({ region }) => region === watched);
  if (declared && Date.parse(declared.until) - now > SHORTLY) return 'declared';
  const reason = `The alarm: it did not answer ${recent.length} times in five minutes.`;
  await beginFailover(deps, ALARM, { region: watched, minutes: MINUTES, reason });
  return 'begun';
}

/** Whether somebody can answer instead, by what is known of them now. */
async function isAnsweredFor(deps: WatchRegionDeps): Promise<boolean> {
  const to = await fallbackFor(deps, deps.watched);
  return to !== undefined && (to === deps.region || deps.answers(to));
}
