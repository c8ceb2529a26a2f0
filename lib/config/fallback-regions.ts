import type { ReplicaPlace } from '../../lambda/contract/backup.ts';
import type { BackupConfig } from './backup.ts';

/** What of a configuration says where copies are. */
export interface CopiedRegions {
  readonly regions: readonly string[];
  readonly backup?: BackupConfig;
}

/** And whether regions look at each other. */
export interface WatchedRegions extends CopiedRegions {
  readonly automaticFailover: boolean;
}

/** Which region renders for which from its copy, and where the copy is. */
export interface FallbackRegion {
  /** That is down. */
  readonly of: string;
  /** That answers meanwhile. */
  readonly to: string;
  readonly copy: ReplicaPlace;
}

/**
 * Regions whose copy is beyond themselves have another region that can render from it: the one where the copy is, or else the first other one of
 * the deployment.
 */
export function fallbackRegions({ regions, backup }: CopiedRegions): readonly FallbackRegion[] {
  return regions.flatMap((of) => {
    const destination = backup?.destinations[of];
    const region = destination?.region ?? of;
    const to = regions.find((one) => one === region) ?? regions.find((one) => one !== of);
    // What lies in the region itself is away with it.
    if (!destination || region === of || to === undefined) return [];
    return [{ of, to, copy: { bucket: destination.bucket, region } }];
  });
}

/** Copies that are read in a region while their own is down. */
export function copiesReadIn(region: string, config: CopiedRegions): Readonly<Record<string, ReplicaPlace>> {
  const here = fallbackRegions(config).filter(({ to }) => to === region);
  return Object.fromEntries(here.map(({ of, copy }) => [of, copy]));
}

/** A switch that nobody could answer after would only be in the way. */
export function nobodyToFallBackTo(config: WatchedRegions): string[] {
  if (!config.automaticFailover || fallbackRegions(config).length > 0) return [];
  return ['"automaticFailover" needs a second region, and "backup.destinations" beyond the region that is backed up.'];
}

/** The region that is looked at from another one: the next one of the list, round about. */
export function regionWatchedIn(region: string, { regions, automaticFailover }: WatchedRegions): string | undefined {
  const next = regions[(regions.indexOf(region) + 1) % regions.length];
  return automaticFailover && next !== region ? next : undefined;
}
