import { FAILOVER_KEY } from '../../../contract/edge.ts';
import { problem } from '../../kernel/problems.ts';
import type { DeploymentRegions } from '../../settings/endpoints/endpoint-region.ts';

/** A region that an operator has declared down: until then nobody waits for it. */
export interface Failover {
  readonly region: string;
  /** ISO 8601. */
  readonly until: string;
  /** The region that answers from the copy meanwhile. @default nobody does, and its media are answered 503 */
  readonly to?: string;
}

/** A region that is to be declared down. */
export interface FailoverInput {
  readonly region: string;
  /** @default 60 */
  readonly minutes?: number | undefined;
  /** For people. */
  readonly reason: string;
}

/** Minutes after which a failover ends when nobody says otherwise. */
export const DEFAULT_MINUTES = 60;

/** The longest that a failover may be; who wants more says so again. */
export const MOST_MINUTES = 1440;

/** The edge's key of a region. */
export const failoverKey = (region: string, home: string): string => FAILOVER_KEY + (region === home ? '' : region);

/** What the edge's settings say, without what has ended. @param now milliseconds since 1970 */
export function failoversIn(entries: ReadonlyMap<string, string>, home: string, now: number): Failover[] {
  return [...entries]
    .filter(([key]) => key.startsWith(FAILOVER_KEY))
    .map(([key, value]) => {
      const [seconds, to] = value.split(' ');
      return { region: key.slice(FAILOVER_KEY.length) || home, until: Number(seconds) * 1000, ...(to && { to }) };
    })
    .filter(({ until }) => until > now)
    .map(({ until, ...failover }) => ({ ...failover, until: new Date(until).toISOString() }));
}

/** What the edge reads under the key. */
export const failoverValue = (seconds: number, to: string | undefined): string =>
  to === undefined ? String(seconds) : `${seconds} ${to}`;

/**
 * @param own whose API is asked: a region that is down cannot be told so
 * @throws Problem failover.invalid with the allowed values
 */
export async function requireOtherRegion(regions: DeploymentRegions, own: string, region: string): Promise<void> {
  const others = (await regions.all()).filter((one) => one !== own);
  if (others.includes(region)) return;
  if (region === own) throw invalid(`This is the API of ${own}; ask the API of another region.`);
  throw invalid(
    others.length > 0
      ? `region must be one of ${others.join(', ')}.`
      : 'The deployment has one region, and no other one could take over.',
  );
}

/** @throws Problem failover.invalid */
export function endOf(minutes: number | undefined, now: number): number {
  const asked = minutes ?? DEFAULT_MINUTES;
  if (asked > MOST_MINUTES) throw invalid(`A failover lasts at most ${MOST_MINUTES} minutes.`);
  return Math.floor(now / 1000) + asked * 60;
}

const invalid = (message: string) => problem('failover.invalid', message);
