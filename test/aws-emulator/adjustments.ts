import { CreateIPSetCommand, CreateRuleGroupCommand, type WAFV2Client } from '@aws-sdk/client-wafv2';
import type { DeployedStack } from './deploy.ts';
import { ACCOUNT } from './ministack.ts';
import { removeResources, replaceValues, resourcesOf, type Template } from './template.ts';

/** One way in which a template must differ for the emulator, and the reason. */
export interface Adjustment {
  readonly reason: string;
  /** @returns whether the template had what it is for; a test fails when no template has */
  readonly apply: (template: Template, made: Made) => boolean | Promise<boolean>;
}

/** What was made before the stack. */
export interface Made {
  readonly waf: WAFV2Client;
  /** Stacks by their names. */
  readonly stacks: ReadonlyMap<string, DeployedStack>;
}

export const ADJUSTMENTS: readonly Adjustment[] = [
  {
    reason: 'AWS::IAM::RolePolicy is unknown; AWS::IAM::Policy is the same, with a list of roles.',
    apply: (template) => {
      const found = resourcesOf(template, 'AWS::IAM::RolePolicy');
      for (const [, resource] of found) {
        const { RoleName, ...properties } = resource.Properties;
        Object.assign(resource, { Type: 'AWS::IAM::Policy', Properties: { ...properties, Roles: [RoleName] } });
      }
      return found.length > 0;
    },
  },
  {
    reason:
      'AWS::WAFv2::RuleGroup and AWS::WAFv2::IPSet are unknown, though the emulator has both; their ARNs are put in.',
    apply: replaceWafResources,
  },
  {
    reason: 'AWS::Logs::Delivery and its two ends are unknown; there is no access log.',
    apply: (template) => {
      const types = ['AWS::Logs::Delivery', 'AWS::Logs::DeliveryDestination', 'AWS::Logs::DeliverySource'];
      const ids = resourcesOf(template, ...types).map(([id]) => id);
      removeResources(template, ids);
      return ids.length > 0;
    },
  },
  {
    reason: 'Alarms on metrics that are computed are unknown; there is none on unusual traffic.',
    apply: (template) => {
      const computed = resourcesOf(template, 'AWS::CloudWatch::Alarm').filter(
        ([, { Properties }]) => Properties.Metrics,
      );
      removeResources(
        template,
        computed.map(([id]) => id),
      );
      return computed.length > 0;
    },
  },
  {
    reason: 'Fn::GetStackOutput finds stacks of its own region alone; the values are put in.',
    apply: putStackOutputs,
  },
  {
    reason: 'The emulator speaks HTTP, which the policies of our buckets refuse (aws:SecureTransport).',
    apply: allowPlainHttp,
  },
  {
    reason: 'Ref of a secret gives its name in the emulator, and its ARN in AWS.',
    apply: nameSecretsByArn,
  },
  {
    reason: 'The emulator does not know the condition key dynamodb:EnclosingOperation.',
    apply: (template) => dropConditions(template, 'dynamodb:EnclosingOperation'),
  },
  {
    reason: 'The emulator does not know the condition keys kms:EncryptionContext.',
    apply: (template) => dropConditions(template, 'kms:EncryptionContext'),
  },
  {
    reason: 'The emulator carries streamed answers as text, which a picture is not.',
    apply: (template) => {
      const urls = resourcesOf(template, 'AWS::Lambda::Url');
      for (const [, { Properties }] of urls) Properties.InvokeMode = 'BUFFERED';
      return urls.length > 0;
    },
  },
  {
    reason:
      'The emulator takes calls of AWS WAF and of a KeyValueStore to concern "*"; which one, it does not look at.',
    apply: widenResources,
  },
  {
    reason: 'The emulator knows no ExcludePunctuation; a key with a colon could not be a user name.',
    apply: excludePunctuation,
  },
  {
    reason: 'Tests take the roles of our functions, to try what they must not do; the functions take them as ever.',
    apply: (template) => {
      const roles = resourcesOf(template, 'AWS::IAM::Role');
      for (const [, { Properties }] of roles) {
        Properties.AssumeRolePolicyDocument.Statement.push({
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        });
      }
      return roles.length > 0;
    },
  },
];

async function replaceWafResources(template: Template, { waf }: Made): Promise<boolean> {
  const arns = new Map<string, string>();
  for (const [id, { Type, Properties }] of resourcesOf(template, 'AWS::WAFv2::RuleGroup', 'AWS::WAFv2::IPSet')) {
    const common = { Name: Properties.Name ?? id, Scope: Properties.Scope };
    const { Summary } =
      Type === 'AWS::WAFv2::IPSet'
        ? await waf.send(
            new CreateIPSetCommand({
              ...common,
              IPAddressVersion: Properties.IPAddressVersion,
              Addresses: Properties.Addresses,
            }),
          )
        : await waf.send(
            new CreateRuleGroupCommand({
              ...common,
              Capacity: Properties.Capacity,
              VisibilityConfig: Properties.VisibilityConfig,
            }),
          );
    arns.set(id, Summary?.ARN ?? '');
  }
  removeResources(template, [...arns.keys()]);
  for (const part of [template.Resources, template.Outputs ?? {}]) {
    Object.assign(
      part,
      replaceValues(part, (value) => {
        const attribute = 'Fn::GetAtt' in value ? (value['Fn::GetAtt'] as unknown[]) : [];
        return arns.get(String(attribute[0]));
      }),
    );
  }
  return arns.size > 0;
}

function putStackOutputs(template: Template, { stacks }: Made): boolean {
  let isChanged = false;
  const put = (value: object) => {
    if (!('Fn::GetStackOutput' in value)) return undefined;
    const { StackName, OutputName } = value['Fn::GetStackOutput'] as Record<'StackName' | 'OutputName', string>;
    isChanged = true;
    return stacks.get(StackName)?.outputs[OutputName];
  };
  Object.assign(template.Resources, replaceValues(template.Resources, put));
  return isChanged;
}

function allowPlainHttp(template: Template): boolean {
  let isChanged = false;
  for (const [id, { Properties }] of resourcesOf(template, 'AWS::S3::BucketPolicy')) {
    const { Statement } = Properties.PolicyDocument;
    const kept = Statement.filter((one: unknown) => !JSON.stringify(one).includes('aws:SecureTransport'));
    isChanged ||= kept.length < Statement.length;
    Properties.PolicyDocument.Statement = kept;
    // A policy without statements is none.
    if (kept.length === 0) removeResources(template, [id]);
  }
  return isChanged;
}

function nameSecretsByArn(template: Template): boolean {
  const secrets = resourcesOf(template, 'AWS::SecretsManager::Secret').map(([id]) => id);
  const byArn = (value: object) =>
    'Ref' in value && secrets.includes(String(value.Ref)) ? { 'Fn::GetAtt': [value.Ref, 'Id'] } : undefined;
  for (const part of [template.Resources, template.Outputs ?? {}]) Object.assign(part, replaceValues(part, byArn));
  return secrets.length > 0;
}

/** Of statements with one condition. */
function dropConditions(template: Template, key: string): boolean {
  let isChanged = false;
  for (const [, { Properties }] of resourcesOf(template, 'AWS::IAM::Policy')) {
    for (const statement of Properties.PolicyDocument.Statement) {
      if (!JSON.stringify(statement.Condition ?? {}).includes(key)) continue;
      delete statement.Condition;
      isChanged = true;
    }
  }
  return isChanged;
}

const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

function excludePunctuation(template: Template): boolean {
  const found = resourcesOf(template, 'AWS::SecretsManager::Secret');
  for (const [, { Properties }] of found) Properties.GenerateSecretString.ExcludeCharacters = PUNCTUATION;
  return found.length > 0;
}

const WITHOUT_RESOURCE = /^(wafv2|cloudfront-keyvaluestore):/;

function widenResources(template: Template): boolean {
  let isChanged = false;
  for (const [, { Properties }] of resourcesOf(template, 'AWS::IAM::Policy')) {
    for (const statement of Properties.PolicyDocument.Statement) {
      if (![statement.Action].flat().every((action) => WITHOUT_RESOURCE.test(action))) continue;
      statement.Resource = '*';
      isChanged = true;
    }
  }
  return isChanged;
}
