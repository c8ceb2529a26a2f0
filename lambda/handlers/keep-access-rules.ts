import { WAFV2Client } from '@aws-sdk/client-wafv2';
import { copyRules, removeRules } from '../adapters/web-acl/rule-group-succession.ts';
import { EDGE_REGION } from '../contract/edge.ts';
import { customResource } from './cloudformation/custom-resource.ts';

/** AWS WAF takes one change a second (AWS WAF, "Quotas"). */
const waf = new WAFV2Client({ region: EDGE_REGION, maxAttempts: 6 });

/** Fills a new rule group before the web ACL refers to it, and removes the IP sets when the stack goes. */
export const handler = customResource(async (event) => {
  const { GroupArn, SetNames } = event.ResourceProperties as unknown as Properties;
  if (event.RequestType === 'Delete') return removeRules(waf, GroupArn, SetNames);
  if (event.RequestType === 'Create') return;
  const before = event.OldResourceProperties as unknown as Properties;
  if (before.GroupArn !== GroupArn) await copyRules(waf, before.GroupArn, GroupArn);
});

interface Properties {
  readonly GroupArn: string;
  /** What the names of the IP sets begin with. */
  readonly SetNames: string;
}
