import { CfnOutput } from 'aws-cdk-lib';
import type { LibraryApi } from '../../constructs/api/library-api.ts';
import type { LibraryFollower } from '../../constructs/api/library-follower.ts';
import type { PurgeRun } from '../../constructs/api/purge-run.ts';
import type { UploadIngest } from '../../constructs/api/upload-ingest.ts';
import type { WebhookDelivery } from '../../constructs/api/webhook-delivery.ts';
import type { AuditBucket } from '../../constructs/audit/audit-bucket.ts';
import type { ImageTransformer } from '../../constructs/delivery/image-transformer.ts';
import type { EdgeCallers } from '../../constructs/edge/edge-callers.ts';
import type { EdgeSync } from '../../constructs/edge/edge-sync.ts';
import { tellOfAlarms } from '../../constructs/insight/alarm-receivers.ts';
import { IslandAlarms } from '../../constructs/insight/island-alarms.ts';
import { IslandDashboard } from '../../constructs/insight/island-dashboard.ts';
import { DailyMails } from '../../constructs/mails/daily-mails.ts';
import type { DeploymentKeys } from './deployment-keys.ts';
import { TRANSFORMER_NAME_OUTPUT } from './region-outputs.ts';
import type { RegionScope } from './region-scope.ts';
import type { Stores } from './stores.ts';

/** What people are mailed about once a day; they are at home. */
export function mailDaily(
  { stack, config, code, home }: RegionScope,
  { accounts }: Stores,
  { people, sealKey }: DeploymentKeys,
  { edgeCallers, copy }: { readonly edgeCallers: EdgeCallers; readonly copy: AuditBucket },
): void {
  if (!people || home) return;
  new DailyMails(stack, 'DailyMails', {
    deployment: config.name,
    code: code.handler('daily-mails'),
    ...{ accounts, people, edgeCallers },
    seals: sealKey && copy,
    hasAlarms: config.profile === 'guarded',
  });
}

/** What somebody must look at when it fails. */
export interface Watched {
  readonly transformer: ImageTransformer;
  readonly api: LibraryApi;
  readonly ingest: UploadIngest;
  readonly follower: LibraryFollower;
  readonly minuteRun: PurgeRun;
  readonly publisher: EdgeSync | undefined;
  readonly webhooks: WebhookDelivery;
}

/** Alarms, who is told of them, and a dashboard, as the configuration wants them. */
export function watch({ stack, config }: RegionScope, { originals }: Stores, watched: Watched): void {
  const { name: deployment, profile, alarms, dashboards, backup } = config;
  const { webhooks, follower, publisher } = watched;
  const island = {
    deployment,
    transformer: watched.transformer.fn,
    api: watched.api.fn,
    ingest: watched.ingest.fn,
    follower: follower.fn,
    minuteRun: watched.minuteRun.fn,
    publisher: publisher?.fn,
    webhooks: webhooks.queue,
    givenUp: { webhooks: webhooks.givenUp, follower: follower.givenUp },
  };
  if (dashboards) {
    const destination = backup?.destinations[stack.region];
    const isMeasured = profile === 'guarded' || backup?.timeControl;
    const replication = destination && isMeasured ? { originals, destination } : undefined;
    new CfnOutput(stack, TRANSFORMER_NAME_OUTPUT, { value: island.transformer.functionName });
    new IslandDashboard(stack, 'OperationsDashboard', { ...island, replication });
  }
  if (profile !== 'guarded') return;
  new IslandAlarms(stack, 'Alarms', island);
  tellOfAlarms(stack, deployment, alarms);
}
