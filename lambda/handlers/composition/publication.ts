import { randomBytes } from 'node:crypto';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { WAFV2Client } from '@aws-sdk/client-wafv2';
import { endpointStore } from '../../adapters/accounts-table/endpoint-entity.ts';
import { publicationRecord } from '../../adapters/accounts-table/publication-record.ts';
import { ruleStore } from '../../adapters/accounts-table/rule-store.ts';
import { staleFolderStore } from '../../adapters/accounts-table/stale-folders.ts';
import { takedownStore } from '../../adapters/accounts-table/takedown-store.ts';
import type { CommitWithEvent } from '../../adapters/audit-table/commit-with-event.ts';
import { signingSecretStore } from '../../adapters/credentials-secret/signing-secret.lean.ts';
import { edgeSettingsStore } from '../../adapters/edge/edge-settings-store.ts';
import { webAclRules } from '../../adapters/web-acl/web-acl-rules.ts';
import type { EdgeDescription } from '../../contract/edge.ts';
import { EDGE_REGION } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { homeClient } from './home-client.ts';

/** AWS WAF takes one change a second (AWS WAF, "Quotas"), the KeyValueStore's API throttles, too; the clients wait and try again. */
const ATTEMPTS = 6;

/** What decides who may see what, and where it is published. */
export function composePublication(edge: () => Promise<EdgeDescription>, commit: CommitWithEvent) {
  const region = requireEnvironment(ENVIRONMENT.accountsRegion);
  const dynamo = homeClient();
  const table = requireEnvironment(ENVIRONMENT.accountsTable);
  const waf = new WAFV2Client({ region: EDGE_REGION, maxAttempts: ATTEMPTS });
  const secret = inRegion(requireEnvironment(ENVIRONMENT.credentialsSecret), region);
  const signingSecrets = signingSecretStore({ ...process.env, AWS_REGION: region }, secret, (event) =>
    commit([], event),
  );
  return {
    rules: ruleStore(dynamo, table, commit),
    takedowns: takedownStore(dynamo, table, commit),
    staleFolders: staleFolderStore(dynamo, table),
    endpoints: endpointStore(dynamo, table, commit),
    signingSecrets,
    signingSecret: signingSecrets.read,
    webAcl: webAclRules(
      waf,
      async () => (await edge()).accessRuleGroupArn,
      async () => (await edge()).addressHeader,
    ),
    edgeSettings: edgeSettingsStore(
      new CloudFrontKeyValueStoreClient({ region: EDGE_REGION, maxAttempts: ATTEMPTS }),
      async () => (await edge()).settingsStoreArn,
    ),
    publications: publicationRecord(dynamo, table),
    hexId: () => randomBytes(12).toString('hex'),
    clock: Date.now,
  };
}

/** ARN of a secret's copy in a region; only the home region's can be changed (Secrets Manager, "Replicate secrets across Regions"). */
const inRegion = (arn: string, region: string): string => arn.replace(/^((?:[^:]*:){3})[^:]*/, `$1${region}`);
