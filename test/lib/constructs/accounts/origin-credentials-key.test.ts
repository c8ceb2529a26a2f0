import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { OriginCredentialsKey } from '../../../../lib/constructs/accounts/origin-credentials-key.ts';
import { constructStack, environmentIn, grantedIn, granteeIn } from '../../construct-stack.ts';

const keyIn = (stack: Stack) => new OriginCredentialsKey(stack, 'OriginCredentials', { deployment: 'vitrine' });
const KEY_ARN = { 'Fn::GetAtt': [expect.stringMatching(/^OriginCredentialsKey/), 'Arn'] };

describe('the key of origins’ credentials', () => {
  it('rotates, outlives its stack and has an alias', () => {
    const stack = constructStack();
    keyIn(stack);

    const template = Template.fromStack(stack);
    template.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { EnableKeyRotation: true },
    });
    template.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/vitrine-origin-credentials' });
  });

  it('lets one function encrypt only', () => {
    const stack = constructStack();
    keyIn(stack).grantSeal(granteeIn(stack));

    expect(grantedIn(stack)).toEqual([{ Effect: 'Allow', Action: 'kms:Encrypt', Resource: KEY_ARN }]);
    expect(environmentIn(stack)).toEqual({ VITRINE_ORIGIN_CREDENTIALS_KEY: KEY_ARN });
  });

  it('lets another decrypt only, and assume roles of a certain name', () => {
    const stack = constructStack();
    keyIn(stack).grantOpen(granteeIn(stack));

    expect(grantedIn(stack).map(({ Action }) => Action)).toEqual(['kms:Decrypt', 'sts:AssumeRole']);
    expect(grantedIn(stack)[0]?.Resource).toEqual(KEY_ARN);
    expect(JSON.stringify(grantedIn(stack)[1]?.Resource)).toContain(':iam::*:role/vitrine-origin*');
  });
});
