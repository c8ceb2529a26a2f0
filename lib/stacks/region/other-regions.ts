import { copiesReadIn, regionWatchedIn } from '../../config/fallback-regions.ts';
import type { LibraryApi } from '../../constructs/api/library-api.ts';
import { FallbackTransformer } from '../../constructs/delivery/fallback-transformer.ts';
import type { EdgeCallers } from '../../constructs/edge/edge-callers.ts';
import { RegionWatch } from '../../constructs/edge/region-watch.ts';
import type { DrawingLayers } from './delivery.ts';
import type { DeploymentKeys } from './deployment-keys.ts';
import type { RegionScope } from './region-scope.ts';
import type { Stores } from './stores.ts';

/** Draws from the copies of regions that are down, where there are copies that are read here. */
export function answerForOthers(
  { stack, config, code }: RegionScope,
  { originals, accounts }: Stores,
  { credentials }: DeploymentKeys,
  layers: DrawingLayers,
): void {
  const copies = copiesReadIn(stack.region, config);
  if (Object.keys(copies).length === 0) return;
  new FallbackTransformer(stack, 'Fallback', {
    ...{ deployment: config.name, code: code.handler('transform-replica'), copies },
    ...{ ...layers, originals, accounts, credentials },
    memoryMegabytes: config.transformer.memoryMegabytes,
  });
}

/** Looks whether another region answers, where that is asked for; and tells the API which endpoints there are while home is away. */
export function watchOthers(
  { stack, config, code, home }: RegionScope,
  { originals, audit }: Stores,
  { credentials }: DeploymentKeys,
  { edgeCallers, api }: { readonly edgeCallers: EdgeCallers; readonly api: LibraryApi },
): void {
  if (home) originals.grantReadSettings(api.fn);
  const watched = regionWatchedIn(stack.region, config);
  if (watched === undefined) return;
  new RegionWatch(stack, 'RegionWatch', {
    ...{ deployment: config.name, code: code.handler('watch-region'), watched, home: config.regions[0] },
    ...{ originals, audit, credentials, edgeCallers },
  });
}
