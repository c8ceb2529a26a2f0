import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { managedRule, visibility } from '../edge/web-acl-rule.ts';

const RATE_WINDOW_SECONDS = 300;

/** Calls of one address in the window: what the stage takes from all addresses together, 50 a second. */
const CALLS_PER_ADDRESS = 50 * RATE_WINDOW_SECONDS;

export interface ApiWebAclProps {
  /** Calls that one address may make in 5 minutes. @default 15000, what the API takes from all addresses together */
  readonly callsPerAddress?: number;
}

/**
 * Who may not call the API: addresses that flood it, addresses of ill repute, known attacks. AWS's common rule set is
 * left out: it refuses bodies above 8 KB, which uploads are, and clients without a user agent, which programs are. Access
 * rules are of media, and have no part here.
 */
export class ApiWebAcl extends Construct {
  /** For a distribution; the ACL must be in us-east-1. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { callsPerAddress = CALLS_PER_ADDRESS }: ApiWebAclProps = {}) {
    super(scope, id);
    const limit = { aggregateKeyType: 'IP', evaluationWindowSec: RATE_WINDOW_SECONDS, limit: callsPerAddress };
    const rules = [
      { name: 'RatePerAddress', action: { block: {} }, statement: { rateBasedStatement: limit } },
      managedRule('AWSManagedRulesAmazonIpReputationList'),
      managedRule('AWSManagedRulesKnownBadInputsRuleSet'),
    ];
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'CLOUDFRONT',
      description: 'Who may not call the API',
      defaultAction: { allow: {} },
      rules: rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(`Api${rule.name}`) })),
      visibilityConfig: visibility('ApiWebAcl'),
    });
    this.arn = acl.attrArn;
  }
}
