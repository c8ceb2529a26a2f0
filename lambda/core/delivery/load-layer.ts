import { LIMITS } from '../../contract/limits.ts';
import { problem } from '../kernel/problems.ts';
import type { LoadAsset } from '../render/context.ts';
import type { DeliverImageDeps } from './deliver-image-deps.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { findAsset } from './find-deliverable.ts';
import { timed } from './server-timing.ts';

/**
 * Reads a file that a plan draws on its picture, and records it in the job: a change of that file makes the variant
 * outdated.
 */
export function layerLoader(deps: DeliverImageDeps, job: DeliveryJob): LoadAsset {
  return async (path) => {
    const asset = await timed(job.timing, 'fetch', deps.now, () =>
      findAsset(deps.assets, path, job.variant.access === 'signed'),
    );
    if (!asset) throw problem('asset.not-found', `The layer ${named(path)} does not exist.`);
    await deps.checkAccess(job.variant.key, asset);
    if (asset.size > LIMITS.sourceBytes) {
      throw problem(
        'source.limit',
        `A layer may have at most ${LIMITS.sourceBytes} bytes, ${named(path)} has ${asset.size}.`,
      );
    }
    // Under its own path: what was asked for may be another spelling of it.
    job.used.set(asset.path, asset);
    return timed(job.timing, 'fetch', deps.now, () => deps.originals.read(asset.objectKey, LIMITS.sourceBytes));
  };
}

/** Short enough for a header, whatever the client wrote. */
const named = (path: string): string => JSON.stringify(path.length > 80 ? `${path.slice(0, 80)}…` : path);
