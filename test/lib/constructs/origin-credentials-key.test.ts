import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { OriginCredentialsKey } from '../../../lib/constructs/origin-credentials-key.ts';
import { constructStack, environmentIn, grantedIn, granteeIn } from '../construct-stack.ts';

const keyIn = (stack: Stack, homeRegion = 'eu-west-1') =>
  new OriginCredentialsKey(stack, 'OriginCredentials', { deployment: 'vitrine', homeRegion });

const CONDITION = { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/vitrine-origin-credentials' } };

describe('the key of origins’ credentials', () => {
  it('rotates, outlives its stack and has an alias', () => {
    const stack = constructStack();
    keyIn(stack);

    const template = Template.fromStack(stack);
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
    template.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/vitrine-origin-credentials' });
  });

  it('lets one function encrypt only', () => {
    const stack = constructStack();
    keyIn(stack).grantSeal(granteeIn(stack));

    expect(grantedIn(stack)).toEqual([
      {
        Effect: 'Allow',
        Action: 'kms:Encrypt',
        Condition: CONDITION,
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^OriginCredentialsKey/), 'Arn'] },
      },
    ]);
    expect(JSON.stringify(environmentIn(stack))).toContain('alias/vitrine-origin-credentials');
  });

  it('lets another decrypt only, and assume roles of a certain name', () => {
    const stack = constructStack();
    keyIn(stack).grantOpen(granteeIn(stack));

    expect(grantedIn(stack).map(({ Action }) => Action)).toEqual(['kms:Decrypt', 'sts:AssumeRole']);
    expect(JSON.stringify(grantedIn(stack)[1]?.Resource)).toContain(':iam::*:role/vitrine-origin*');
  });

  it('is known by its alias alone in other regions', () => {
    const stack = constructStack();
    keyIn(stack, 'us-west-2').grantOpen(granteeIn(stack));

    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 0);
    expect(JSON.stringify(grantedIn(stack)[0]?.Resource)).toContain(':kms:us-west-2:');
    expect(grantedIn(stack)[0]?.Condition).toEqual(CONDITION);
  });
});
