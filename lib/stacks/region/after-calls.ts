import { LibraryFollower } from '../../constructs/api/library-follower.ts';
import { PurgeRun } from '../../constructs/api/purge-run.ts';
import { UploadIngest } from '../../constructs/api/upload-ingest.ts';
import type { WebhookDelivery } from '../../constructs/api/webhook-delivery.ts';
import type { ImageTransformer } from '../../constructs/delivery/image-transformer.ts';
import type { EdgeCallers } from '../../constructs/edge/edge-callers.ts';
import type { DrawingLayers } from './delivery.ts';
import type { DeploymentKeys } from './deployment-keys.ts';
import type { RegionScope } from './region-scope.ts';
import type { Stores } from './stores.ts';

/** Completes uploads whose call died, by the events of the bucket. */
export function ingestUploads(
  { stack, config, code }: RegionScope,
  stores: Stores,
  { sharpLayer }: DrawingLayers,
  edgeCallers: EdgeCallers,
): UploadIngest {
  return new UploadIngest(stack, 'Uploads', {
    ...stores,
    edgeCallers,
    code: code.handler('ingest'),
    sharpLayer,
    declaredTypes: config.declaredTypes,
    embeddedFields: config.embeddedFields,
  });
}

/** Brings search index and webhooks up to date, by the table's stream. */
export function followLibrary(
  { stack, code }: RegionScope,
  { library, accounts }: Stores,
  webhooks: WebhookDelivery,
  edgeCallers: EdgeCallers,
): LibraryFollower {
  return new LibraryFollower(stack, 'Follower', {
    code: code.handler('follow-library'),
    ...{ library, accounts, edgeCallers, webhooks },
  });
}

/** Finishes every minute what a call left. Where the settings are not at home, it keeps the copy that the transformer reads. */
export function runEveryMinute(
  { stack, config, code, home }: RegionScope,
  stores: Stores,
  { credentials, originKey }: DeploymentKeys,
  { edgeCallers, transformer }: { readonly edgeCallers: EdgeCallers; readonly transformer: ImageTransformer },
): PurgeRun {
  const run = new PurgeRun(stack, 'Purges', {
    ...stores,
    edgeCallers,
    code: code.handler('resume-purges'),
    credentials,
    originKey,
    remoteAllow: config.remoteUploadAllow,
  });
  if (home) {
    stores.originals.grantKeepSettings(run.fn);
    stores.originals.grantReadSettings(transformer.fn);
  }
  return run;
}
