import type { Report } from '../kernel/report.ts';
import type { Library } from './library.ts';
import type { VariantPurge } from './variant-purge.ts';

export interface PurgeReplacedDeps {
  readonly library: Library;
  readonly variants: VariantPurge;
  readonly report: Report;
}

/**
 * Removes what was made from the version that an upload replaced. The transaction of the upload left a note about it, so
 * a caller that dies or a purge that fails is made up for by the S3 event. Running it twice does no harm.
 * @throws what the purge throws; the note then stays
 */
export async function purgeReplaced(deps: PurgeReplacedDeps, versionId: string): Promise<void> {
  const path = await deps.library.findPendingPurge(versionId);
  if (path === undefined) return;
  await deps.variants.purge(path);
  await deps.library.removePendingPurge(versionId);
}

/** The same where the upload is to be acknowledged in any case: a failure is reported and left to the S3 event. */
export async function tryPurgeReplaced(deps: PurgeReplacedDeps, versionId: string): Promise<void> {
  try {
    await purgeReplaced(deps, versionId);
  } catch (error) {
    deps.report('purge-failed', error);
  }
}
