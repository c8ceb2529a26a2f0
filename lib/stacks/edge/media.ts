import type { VitrineConfig } from '../../config/config.ts';
import { copiesReadIn } from '../../config/fallback-regions.ts';
import { FALLBACK_HOST_OUTPUT } from '../../constructs/delivery/fallback-transformer.ts';
import { MediaCdn } from '../../constructs/delivery/media-cdn.ts';
import type { MediaRegion } from '../../constructs/delivery/region-origins.ts';
import { CdnSecrets } from '../../constructs/edge/cdn-secrets.ts';
import { ViewerFunctions } from '../../constructs/edge/viewer-functions.ts';
import { WebAcl } from '../../constructs/edge/web-acl.ts';
import { AccessLogs } from '../../constructs/insight/access-logs.ts';
import { LogReader } from '../../constructs/insight/log-reader.ts';
import { BucketEmptying } from '../../constructs/storage/bucket-emptying.ts';
import { TRANSFORMER_HOST_OUTPUT } from '../region/region-outputs.ts';
import type { RegionStack } from '../region-stack.ts';
import { outputOf } from '../stack-output.ts';
import type { EdgeScope } from './edge-scope.ts';

/** What delivers media. */
export interface MediaParts {
  readonly viewerFunctions: ViewerFunctions;
  /** By which another CDN is known. @default none is in front */
  readonly cdnSecrets: CdnSecrets | undefined;
  /** @default the profile has none */
  readonly webAcl: WebAcl | undefined;
  readonly cdn: MediaCdn;
}

/** The distribution of media, with what decides there before the cache. */
export function makeMedia(edge: EdgeScope): MediaParts {
  const { stack, config, code, regions } = edge;
  const [home, ...others] = regions;
  const viewerFunctions = new ViewerFunctions(stack, 'ViewerFunctions', {
    requestCode: code.edgeFunction('viewer-request', {
      isMultiRegion: others.length > 0,
      cdnInFront: config.cdnInFront,
    }),
    responseCode: code.edgeFunction('viewer-response'),
  });
  const { name: deployment, cdnInFront } = config;
  const cdnSecrets = cdnInFront && new CdnSecrets(stack, 'CdnInFront', { deployment, names: cdnInFront.secrets });
  const webAcl = config.profile === 'guarded' ? makeWebAcl(edge, cdnSecrets) : undefined;
  const cdn = new MediaCdn(stack, 'Media', {
    deployment,
    regions: [mediaRegion(home, config), ...others.map((region) => mediaRegion(region, config))],
    viewerFunctions,
    webAclArn: webAcl?.arn,
    domain: config.mediaDomain,
    isBehindCdn: cdnSecrets !== undefined,
  });
  return { viewerFunctions, cdnSecrets, webAcl, cdn };
}

function makeWebAcl({ stack, config, code, webAclRules }: EdgeScope, secrets: CdnSecrets | undefined): WebAcl {
  const { cdnInFront } = config;
  return new WebAcl(stack, 'WebAcl', {
    ...config,
    deployment: config.name,
    keeperCode: code.handler('keep-access-rules'),
    forwarded: cdnInFront && secrets && { ...cdnInFront, secrets: secrets.references },
    ownRules: webAclRules,
  });
}

const mediaRegion = (stack: RegionStack, config: VitrineConfig): MediaRegion => ({
  region: stack.region,
  transformerHost: outputOf(stack, TRANSFORMER_HOST_OUTPUT),
  fallbackHost: rendersForOthers(stack.region, config) ? outputOf(stack, FALLBACK_HOST_OUTPUT) : undefined,
});

const rendersForOthers = (region: string, config: VitrineConfig): boolean =>
  Object.keys(copiesReadIn(region, config)).length > 0;

/** What was asked of the distribution, who may read that, and its end with the stack. */
export function logAccess({ stack, config, code }: EdgeScope, { cdn: { distribution } }: MediaParts): void {
  const { name: deployment, retainData } = config;
  const logs = new AccessLogs(stack, 'AccessLogs', { deployment, distributionArn: distribution.distributionArn });
  const buckets = [logs.bucket, logs.reads];
  new LogReader(stack, 'LogReader', { deployment, buckets });
  if (!retainData) new BucketEmptying(stack, 'Emptying', { code: code.handler('empty-buckets'), buckets });
}
