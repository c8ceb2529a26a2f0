import { createHash } from 'node:crypto';
import type { CfnCustomResource } from 'aws-cdk-lib';
import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { CfnRuleGroup, type CfnRuleGroupProps } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { accessRulesName, ruleGroupName } from '../../../lambda/contract/access-rules.ts';
import { EDGE_REGION } from '../../../lambda/contract/edge.ts';
import { HandlerFunction } from '../handler-function.ts';

const TIMEOUT = Duration.minutes(2);
const MEMORY_MEGABYTES = 256;

export interface AccessRuleGroupProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly code: Code;
  /** The group without its name and rules. */
  readonly group: Omit<CfnRuleGroupProps, 'name' | 'scope' | 'rules'>;
}

/**
 * The rule group of the block and allow rules, which change at run time. The template says nothing of them, and an
 * update of the group in place would set it back to none. So name and logical id come from what the template does say:
 * a change of it makes a new group, which `keep-access-rules` fills before the web ACL refers to it. See
 * docs/decisions/0008-rules-change-without-drift.md.
 */
export class AccessRuleGroup extends Construct {
  readonly arn: string;
  /** What refers to the group waits for this. */
  readonly filled: CustomResource;

  constructor(scope: Construct, id: string, { deployment, code, group }: AccessRuleGroupProps) {
    super(scope, id);
    const version = createHash('sha256').update(JSON.stringify(group)).digest('hex').slice(0, 8);
    const resource = new CfnRuleGroup(this, `V${version}`, {
      ...group,
      name: ruleGroupName(deployment, version),
      scope: 'CLOUDFRONT',
    });
    this.arn = resource.attrArn;
    this.filled = this.#keeper(code, accessRulesName(deployment));
  }

  #keeper(code: Code, family: string): CustomResource {
    const { fn } = new HandlerFunction(this, 'Keep', {
      description: 'Keeps the access rules over a change of their group',
      code,
      memoryMegabytes: MEMORY_MEGABYTES,
      timeoutSeconds: TIMEOUT.toSeconds(),
    });
    const { account, partition } = Stack.of(this);
    const global = `arn:${partition}:wafv2:${EDGE_REGION}:${account}:global`;
    const groups = `${global}/rulegroup/${family}-*/*`;
    const sets = `${global}/ipset/${family}-*/*`;
    for (const [actions, resources] of [
      [['wafv2:GetRuleGroup'], [groups]],
      [['wafv2:UpdateRuleGroup'], [groups, sets]],
      [['wafv2:GetIPSet', 'wafv2:DeleteIPSet'], [sets]],
      [['wafv2:ListIPSets'], ['*']],
    ] as const) {
      fn.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
    }
    const filled = new CustomResource(this, 'Filled', {
      serviceToken: fn.functionArn,
      properties: { GroupArn: this.arn, SetNames: `${family}-` },
    });
    // The construct would write a text where CloudFormation wants a number.
    (filled.node.defaultChild as CfnCustomResource).addPropertyOverride('ServiceTimeout', TIMEOUT.toSeconds());
    if (fn.role) filled.node.addDependency(fn.role);
    return filled;
  }
}
