import type { EndpointSettings } from '../../contract/edge.ts';
import { endpointSettingsKey } from '../../contract/edge.ts';
import { problem } from '../kernel/problems.ts';
import type { PathRecord } from '../library/asset.ts';
import { pinnedObject } from '../library/pinned-object.ts';
import type { ReadSetting } from '../request/judge-url.ts';
import type { AssetFinder } from './asset-finder.ts';
import type { OriginalReader } from './original-reader.ts';

/** A region's library as its copy has it. */
export interface Replica {
  readonly assets: AssetFinder;
  readonly originals: OriginalReader;
}

export interface ReplicaAccessDeps {
  /** Of the edge. */
  readonly read: ReadSetting;
  readonly home: string;
  /** @returns undefined when the copy of the region is not read here */
  readonly replicaOf: (region: string) => Replica | undefined;
  /** Whether the endpoint has origins behind its library. */
  readonly hasOrigins: (endpoint: string) => Promise<boolean>;
}

/**
 * The files of an endpoint as the copy of its region has them; what is at origins is not fetched. For one request only: each path is
 * looked up once.
 * @param endpoint its id; delivery has checked it before it looks for files
 */
export function replicaAccess(deps: ReplicaAccessDeps, endpoint: string): Replica {
  const found = new Map<string, Promise<PathRecord | undefined>>();
  let opening: Promise<Replica> | undefined;
  const replica = () => {
    opening ??= openReplica(deps, endpoint);
    return opening;
  };
  const find = async (path: string) => {
    const asset = await (await replica()).assets.find(path);
    // It may be at an origin, which this region does not ask: that would be no answer about the file.
    if (!asset && (await deps.hasOrigins(endpoint))) throw away('is not in the copy of its region');
    return asset;
  };
  return {
    assets: {
      find: (path) => {
        const finding = found.get(path) ?? find(path);
        found.set(path, finding);
        return finding;
      },
      findVersion: async (assetId, versionId) => (await replica()).assets.findVersion(assetId, versionId),
    },
    originals: {
      read: async (objectKey, maximumBytes) => {
        if (pinnedObject(objectKey)) throw away('is at an origin, and in no copy');
        return (await replica()).originals.read(objectKey, maximumBytes);
      },
    },
  };
}

/** The edge sends nothing of a locked endpoint here; whatever it knows, its files are not read. @throws Problem region.away */
async function openReplica({ read, home, replicaOf }: ReplicaAccessDeps, endpoint: string): Promise<Replica> {
  const { region = home, locked }: Partial<EndpointSettings> = JSON.parse(
    (await read(endpointSettingsKey(endpoint))) ?? '{}',
  );
  const replica = locked ? undefined : replicaOf(region);
  if (!replica) throw away('may not be delivered from another region');
  return replica;
}

const away = (why: string) => problem('region.away', `The region of this file is down, and the file ${why}.`);
