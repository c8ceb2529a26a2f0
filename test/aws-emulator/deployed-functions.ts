import { paginateListStackResources, type StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { inject } from 'vitest';
import { EDGE_REGION } from '../../lambda/contract/edge.ts';
import type { HandlerName } from '../../lib/bundling/code-source.ts';
import { AWAY, REGION, rootClients } from './clients.ts';

export interface DeployedFunction {
  readonly name: string;
  readonly region: string;
}

/** What the logical id of each handler's function begins with. */
const LOGICAL_IDS: Readonly<Record<HandlerName, string>> = {
  'transform-image': 'TransformerTransformFunction',
  'watch-region': 'RegionWatchFunction',
  'transform-replica': 'FallbackTransformFunction',
  api: 'ApiAnswerFunction',
  ingest: 'UploadsIngestFunction',
  'sync-edge': 'EdgeSyncPublishFunction',
  'first-publication': 'FirstPublicationPublishFunction',
  'resume-purges': 'PurgesResumeFunction',
  'follow-library': 'FollowerFollowFunction',
  'keep-records': 'BackupRecordsKeepFunction',
  'back-up': 'BackupDailyBackUpFunction',
  'restore-library': 'BackupRestorerRestoreFunction',
  'mirror-audit': 'AuditMirrorCopyFunction',
  'seal-audit': 'AuditSealsSealFunction',
  'deliver-webhooks': 'WebhooksDeliverFunction',
  'break-glass': 'BreakGlassLetInFunction',
  'daily-mails': 'DailyMailsSendFunction',
  'reach-ceiling': 'SpendCeilingReachFunction',
  'empty-buckets': 'EmptyingEmptyFunction',
  'keep-access-rules': 'WebAclAccessRulesKeepFunction',
};

/** The function that a handler became. @param regions @default home, and where the edge's stack is */
export async function deployedFunction(
  handler: HandlerName,
  regions: readonly string[] = [REGION, EDGE_REGION],
): Promise<DeployedFunction> {
  const id = LOGICAL_IDS[handler];
  for (const region of regions) {
    const found = (await resourcesIn(region)).find(
      ({ ResourceType, LogicalResourceId }) =>
        ResourceType === 'AWS::Lambda::Function' && LogicalResourceId?.startsWith(id),
    );
    if (found?.PhysicalResourceId) return { name: found.PhysicalResourceId, region };
  }
  throw new Error(`No function was made of ${handler}.`);
}

/** Resources of the stack in a region. */
export async function resourcesIn(region: string) {
  const { endpoint, assembly } = inject('deployment');
  const { regionStack, awayStack, edgeStack } = assembly;
  const StackName = { [REGION]: regionStack, [AWAY]: awayStack }[region] ?? edgeStack;
  const { cloudFormation } = rootClients(endpoint, region);
  const found: StackResourceSummary[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client: cloudFormation },
    { StackName },
  )) {
    found.push(...StackResourceSummaries);
  }
  return found;
}
