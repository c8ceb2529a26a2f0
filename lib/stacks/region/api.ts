import { CfnOutput } from 'aws-cdk-lib';
import { DashboardLayer } from '../../constructs/api/dashboard-layer.ts';
import { LibraryApi } from '../../constructs/api/library-api.ts';
import { UploadReceiver } from '../../constructs/api/upload-receiver.ts';
import { WebhookDelivery } from '../../constructs/api/webhook-delivery.ts';
import type { EdgeCallers } from '../../constructs/edge/edge-callers.ts';
import { EdgeSync } from '../../constructs/edge/edge-sync.ts';
import type { DrawingLayers } from './delivery.ts';
import type { DeploymentKeys } from './deployment-keys.ts';
import { UPLOAD_HOST_OUTPUT } from './region-outputs.ts';
import type { RegionScope } from './region-scope.ts';
import type { Stores } from './stores.ts';

/** Sends what happens in the library to other servers. */
export function makeWebhooks(
  { stack, config, code }: RegionScope,
  { accounts }: Stores,
  { originKey }: DeploymentKeys,
): WebhookDelivery {
  return new WebhookDelivery(stack, 'Webhooks', {
    code: code.handler('deliver-webhooks'),
    accounts,
    originKey,
    remoteAllow: config.remoteUploadAllow,
  });
}

/** What the API works with, beside stores and keys. */
export interface ApiParts {
  readonly layers: DrawingLayers;
  readonly webhooks: WebhookDelivery;
  readonly edgeCallers: EdgeCallers;
}

export function makeApi(
  { stack, config, code, home }: RegionScope,
  stores: Stores,
  { originKey, credentials, people }: DeploymentKeys,
  { layers, webhooks, edgeCallers }: ApiParts,
): LibraryApi {
  return new LibraryApi(stack, 'Api', {
    code: code.handler('api'),
    dashboard: new DashboardLayer(stack, 'Dashboard', { code: code.dashboardLayer() }),
    ...layers,
    ...stores,
    homeAudit: home?.audit ?? stores.audit,
    originKey,
    credentials,
    edgeCallers,
    webhooks,
    people,
    remoteUploadAllow: config.remoteUploadAllow,
    declaredTypes: config.declaredTypes,
    defaultVisibility: config.defaultVisibility,
  });
}

/** Uploads that the API's own function cannot hold. */
export function receiveUploads(
  { stack, config, code }: RegionScope,
  { originals }: Stores,
  api: LibraryApi,
): UploadReceiver | undefined {
  if (config.largeUploads === 'off') return undefined;
  const receiver = new UploadReceiver(stack, 'LargeUploads', {
    deployment: config.name,
    code: code.webFunction('receive-upload'),
    originals,
    api: api.fn,
  });
  new CfnOutput(stack, UPLOAD_HOST_OUTPUT, { value: receiver.host });
  return receiver;
}

/** The accounts are at home, and one publication is enough. */
export function publishToEdge(
  { stack, code, home }: RegionScope,
  { accounts }: Stores,
  { credentials }: DeploymentKeys,
  edgeCallers: EdgeCallers,
): EdgeSync | undefined {
  if (home) return undefined;
  return new EdgeSync(stack, 'EdgeSync', { code: code.handler('sync-edge'), accounts, credentials, edgeCallers });
}
