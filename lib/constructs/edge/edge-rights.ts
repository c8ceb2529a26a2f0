import { Stack } from 'aws-cdk-lib';
import { CfnRolePolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { accessRulesName } from '../../../lambda/contract/access-rules.ts';
import { EDGE_REGION } from '../../../lambda/contract/edge.ts';
import type { EdgeTask } from './edge-callers.ts';

/** A function of a region, by its role. */
export interface RightsHolder {
  /** Tells one from the other; letters and digits. */
  readonly id: string;
  readonly roleName: string;
  readonly tasks: readonly EdgeTask[];
}

export interface EdgeRightsProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly distributionArn: string;
  readonly settingsStoreArn: string;
  /** @default there is no web ACL */
  readonly accessRuleGroupArn?: string | undefined;
  readonly holders: readonly RightsHolder[];
}

/**
 * What functions of the regions may do to this deployment's distribution, store and rules, and to no other's. The
 * policies are made here, after the regions: IAM is global, and a role takes policies of several stacks.
 */
export class EdgeRights extends Construct {
  constructor(scope: Construct, id: string, props: EdgeRightsProps) {
    super(scope, id);
    for (const holder of props.holders) {
      const statements = holder.tasks.flatMap((task) => this.#statements(task, props));
      new CfnRolePolicy(this, holder.id, {
        policyName: `${props.deployment}-edge`,
        roleName: holder.roleName,
        policyDocument: new PolicyDocument({ statements }),
      });
    }
  }

  #statements(task: EdgeTask, props: EdgeRightsProps): PolicyStatement[] {
    if (task === 'invalidate') {
      const actions = ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'];
      return [new PolicyStatement({ actions, resources: [props.distributionArn] })];
    }
    const actions = ['DescribeKeyValueStore', 'ListKeys', 'UpdateKeys'].map((one) => `cloudfront-keyvaluestore:${one}`);
    const settings = new PolicyStatement({ actions, resources: [props.settingsStoreArn] });
    return task === 'switch' ? [settings] : [settings, ...this.#ruleStatements(props)];
  }

  /** Rules of one rule group, and the IP sets that they refer to. No right on the web ACL itself. */
  #ruleStatements({ deployment, accessRuleGroupArn: group }: EdgeRightsProps): PolicyStatement[] {
    if (group === undefined) return [];
    const { account, partition } = Stack.of(this);
    const sets = `arn:${partition}:wafv2:${EDGE_REGION}:${account}:global/ipset/${accessRulesName(deployment)}-*/*`;
    return [
      new PolicyStatement({ actions: ['wafv2:GetRuleGroup'], resources: [group] }),
      new PolicyStatement({ actions: ['wafv2:UpdateRuleGroup'], resources: [group, sets] }),
      new PolicyStatement({
        actions: ['wafv2:CreateIPSet', 'wafv2:GetIPSet', 'wafv2:UpdateIPSet'],
        resources: [sets],
      }),
    ];
  }
}
