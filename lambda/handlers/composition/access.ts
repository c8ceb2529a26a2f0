import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { WAFV2Client } from '@aws-sdk/client-wafv2';
import { endpointStore } from '../../adapters/accounts-table/endpoint-entity.ts';
import { ruleStore } from '../../adapters/accounts-table/rule-store.ts';
import { takedownStore } from '../../adapters/accounts-table/takedown-store.ts';
import { signingSecretStore } from '../../adapters/credentials-secret/signing-secret.lean.ts';
import { edgeSettingsStore } from '../../adapters/edge/edge-settings-store.ts';
import { webAclRules } from '../../adapters/web-acl/web-acl-rules.ts';
import type { EdgeDescription } from '../../contract/edge.ts';
import { EDGE_REGION } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { listEndpoints } from '../../core/settings/endpoints/manage-endpoints.ts';

/** AWS WAF takes one change a second (AWS WAF, "Quotas"); the client waits and tries again. */
const WAF_ATTEMPTS = 6;

/** What functions work with that decide who may see what. */
export function composeAccess(edge: () => Promise<EdgeDescription>) {
  const dynamo = new DynamoDBClient({ region: requireEnvironment(ENVIRONMENT.accountsRegion) });
  const table = requireEnvironment(ENVIRONMENT.accountsTable);
  const waf = new WAFV2Client({ region: EDGE_REGION, maxAttempts: WAF_ATTEMPTS });
  const signingSecrets = signingSecretStore(process.env, requireEnvironment(ENVIRONMENT.credentialsSecret));
  const endpoints = endpointStore(dynamo, table);
  return {
    rules: ruleStore(dynamo, table),
    takedowns: takedownStore(dynamo, table),
    webAcl: webAclRules(waf, async () => (await edge()).accessRuleGroupArn),
    edgeSettings: edgeSettingsStore(
      new CloudFrontKeyValueStoreClient({ region: EDGE_REGION }),
      async () => (await edge()).settingsStoreArn,
    ),
    signingSecrets,
    signingSecret: signingSecrets.read,
    endpoints,
    hasEndpoint: async (id: string) => (await listEndpoints({ endpoints })).some((one) => one.id === id),
  };
}
