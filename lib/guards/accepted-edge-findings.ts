import type { AcceptedFinding } from './accepted-finding.ts';

/* What is accepted of distributions, web ACLs and what is in front of them. */

const KEEPER_ROLE = 'WebAcl/AccessRules/Keep/Role/DefaultPolicy/Resource';

/** What is accepted of the secrets by which another CDN is known. @param names of them */
export const ofCdnInFront = (names: readonly string[]): AcceptedFinding[] => [
  {
    rule: 'AwsSolutions-SMG4',
    at: names.map((name) => `CdnInFront/${name}/Resource`),
    reason:
      'The other CDN must be given each new one. It is changed by configuration, with both good for a while; one that rotated by itself would refuse every request.',
  },
];

export function ofDistributions(at: readonly string[]): AcceptedFinding[] {
  return [
    {
      rule: 'AwsSolutions-CFR1',
      at,
      reason:
        'Countries are the matter of the web ACL of media, from `blockedCountries` of the configuration. The API asks for a key, from everywhere.',
    },
    {
      rule: 'AwsSolutions-CFR3',
      at,
      reason:
        'Of media, standard logging v2 is on, through AWS::Logs::Delivery; the rule knows the old kind only. The API has the access log of its stage, without addresses.',
    },
    {
      rule: 'AwsSolutions-CFR4',
      at,
      reason:
        'CloudFront fixes the TLS policy of its own host names. With `mediaDomain` and `apiDomain` in the configuration it is TLSv1.2_2021.',
    },
  ];
}

export function withoutWebAcl(at: readonly string[]): AcceptedFinding[] {
  return [
    {
      rule: 'AwsSolutions-CFR2',
      at,
      reason:
        'The owner chose the profile small, which has no web ACL; the edge function parses every URL of media, and the API asks for a key.',
    },
  ];
}

/** The function that keeps the access rules finds groups and IP sets by the deployment's name; AWS chose their ids. */
export function ofAccessRules(name: string): AcceptedFinding[] {
  const global = 'arn:aws:wafv2:us-east-1:<AWS::AccountId>:global';
  const at = [KEEPER_ROLE];
  const fn = ['WebAcl/AccessRules/Keep/Function/Resource'];
  return [
    {
      rule: 'Serverless-LambdaDLQ',
      at: fn,
      reason: 'CloudFormation calls it and tells its failure to whoever deploys.',
    },
    {
      rule: 'Serverless-LambdaTracing',
      at: fn,
      reason: 'It runs when a deployment changes the group; what it did is in the events of the stack.',
    },
    {
      rule: `AwsSolutions-IAM5[Resource::${global}/rulegroup/${name}-access-rules-*/*]`,
      at,
      reason: 'It copies from the group before, whose id AWS chose, to the group after.',
    },
    {
      rule: `AwsSolutions-IAM5[Resource::${global}/ipset/${name}-access-rules-*/*]`,
      at,
      reason: 'IP sets of access rules are made at run time, all under this name, so that no stack sets them back.',
    },
    {
      rule: 'AwsSolutions-IAM5[Resource::*]',
      at,
      reason: 'AWS WAF lists IP sets without a resource; what the function removes is held to the deployment’s name.',
    },
  ];
}
