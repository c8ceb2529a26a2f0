import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { cached } from '../../adapters/cached.lean.ts';
import { signingSecret } from '../../adapters/credentials-secret/signing-secret.lean.ts';
import { edgeParameter, hasEdge } from '../../adapters/edge/edge-parameter.ts';
import { edgeSettingsStore } from '../../adapters/edge/edge-settings-store.ts';
import { healthNotes } from '../../adapters/region-health/health-notes.lean.ts';
import { regionProbe } from '../../adapters/region-health/region-probe.lean.ts';
import { s3Objects } from '../../adapters/signed-http/s3-objects.lean.ts';
import { requireRegion } from '../../adapters/signed-http/service-endpoint.lean.ts';
import type { WatchedRegion } from '../../contract/edge.ts';
import { EDGE_REGION } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { eventMaker } from '../../core/audit/event-maker.ts';
import { sourceOfRun } from '../../core/audit/event-source.ts';
import type { WatchRegionDeps } from '../../core/protection/failover/watch-region.ts';
import { composeCommit } from './commit.ts';
import { hexId } from './hex-id.ts';

/** Milliseconds for which the private key is remembered. */
const KEY_MEMORY = 60_000;

/** What one region is watched with from another one. Nothing of it asks the home region, which may be the one that is away. */
export function composeWatching() {
  const region = requireRegion(process.env);
  const { region: watched, variantsBucket } = JSON.parse(
    requireEnvironment(ENVIRONMENT.watchedRegion),
  ) as WatchedRegion;
  const edge = edgeParameter(new SSMClient({ region: EDGE_REGION }), requireEnvironment(ENVIRONMENT.edgeParameter));
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const commit = composeCommit(documents, requireEnvironment(ENVIRONMENT.auditTable));
  const store = new CloudFrontKeyValueStoreClient({ region: EDGE_REGION });
  const own = requireEnvironment(ENVIRONMENT.originalsBucket);
  const secret = cached(signingSecret(process.env, requireEnvironment(ENVIRONMENT.credentialsSecret)), KEY_MEMORY);
  return {
    hasEdge: () => hasEdge(edge),
    deps: (requestId: string): WatchRegionDeps => ({
      watched,
      region,
      answers: regionProbe({
        environment: process.env,
        apiHost: async (asked) => (await edge()).apiHosts[asked],
        privateKey: async () => (await secret()).privateKey,
        bucketOf: (asked) => (asked === watched ? variantsBucket : own),
      }),
      failures: healthNotes(s3Objects(process.env, own), watched),
      edgeSettings: edgeSettingsStore(store, async () => (await edge()).settingsStoreArn),
      regions: {
        home: requireEnvironment(ENVIRONMENT.accountsRegion),
        all: async () => Object.keys((await edge()).apiHosts),
      },
      fallbackOf: async (asked) => (await edge()).fallbacks?.[asked],
      // Whoever reads the event looks them up.
      endpoints: () => Promise.reject(new Error('A run lists no endpoints.')),
      clock: Date.now,
      makeEvent: eventMaker({ clock: Date.now, hexId, requestId, sourceOf: sourceOfRun }),
      record: async (event) => void (await commit([], event)),
    }),
  };
}
