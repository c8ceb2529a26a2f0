import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { CredentialsSecret } from '../../../../lib/constructs/accounts/credentials-secret.ts';
import { constructStack, environmentIn, grantedIn, granteeIn } from '../../construct-stack.ts';

describe('the credentials secret', () => {
  it('is generated as JSON with a public and a private key', () => {
    const stack = constructStack();
    new CredentialsSecret(stack, 'Credentials');

    Template.fromStack(stack).hasResource('AWS::SecretsManager::Secret', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        GenerateSecretString: {
          SecretStringTemplate: '{"publicKey":"public_vitrine"}',
          GenerateStringKey: 'privateKey',
          PasswordLength: 40,
          ExcludePunctuation: true,
        },
      },
    });
  });

  it('gives by grantRead its value and its ARN, together', () => {
    const stack = constructStack();
    const credentials = new CredentialsSecret(stack, 'Credentials');

    credentials.grantRead(granteeIn(stack));

    const arn = stack.resolve(credentials.arn);
    expect(grantedIn(stack)).toEqual([{ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: arn }]);
    expect(environmentIn(stack)).toEqual({ VITRINE_CREDENTIALS_SECRET: arn });
  });

  it('gives by grantReadWrite a new value as well, and no other right', () => {
    const stack = constructStack();

    new CredentialsSecret(stack, 'Credentials').grantReadWrite(granteeIn(stack));

    expect(grantedIn(stack).flatMap(({ Action }) => Action)).toEqual([
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
    ]);
  });
});

describe('the copy of another region', () => {
  const home = { arn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:keys-AbCdEf', ending: 'keys-AbCdEf' };

  it('is made by the home region’s secret', () => {
    const stack = constructStack();
    new CredentialsSecret(stack, 'Credentials', { copies: ['us-west-2'] });

    Template.fromStack(stack).hasResourceProperties('AWS::SecretsManager::Secret', {
      ReplicaRegions: [{ Region: 'us-west-2' }],
    });
  });

  it('is what functions of its region read', () => {
    const stack = constructStack();
    const copy = new CredentialsSecret(stack, 'Credentials', { home });

    copy.grantRead(granteeIn(stack));

    Template.fromStack(stack).resourceCountIs('AWS::SecretsManager::Secret', 0);
    expect(copy.arn).toMatch(/:secretsmanager:[^:]+:[^:]+:secret:keys-AbCdEf$/);
    expect(copy.arn).not.toBe(home.arn);
    expect(environmentIn(stack)).toEqual({ VITRINE_CREDENTIALS_SECRET: stack.resolve(copy.arn) });
  });

  it('is not what they change', () => {
    const stack = constructStack();
    new CredentialsSecret(stack, 'Credentials', { home }).grantReadWrite(granteeIn(stack));

    expect(grantedIn(stack).find(({ Action }) => Action.includes('secretsmanager:PutSecretValue'))).toMatchObject({
      Resource: home.arn,
    });
  });
});
