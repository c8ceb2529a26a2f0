import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { SignIn } from '../../../../lib/constructs/accounts/sign-in.ts';
import { constructStack, grantedIn, granteeIn } from '../../construct-stack.ts';

function signInIn() {
  const stack = constructStack();
  const props = { deployment: 'vitrine', mailFrom: 'vitrine@example.com', hosts: ['api.example.com', 'localhost'] };
  return { stack, signIn: new SignIn(stack, 'SignIn', props) };
}

describe('the user pool', () => {
  it('asks everybody for a second factor, by mail or app, and recovers no account by mail', () => {
    Template.fromStack(signInIn().stack).hasResource('AWS::Cognito::UserPool', {
      DeletionPolicy: 'Retain',
      Properties: {
        UserPoolTier: 'ESSENTIALS',
        MfaConfiguration: 'ON',
        EnabledMfas: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'],
        AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        UsernameAttributes: ['email'],
        UsernameConfiguration: { CaseSensitive: false },
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
        EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', From: 'vitrine@example.com' },
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
        WebAuthnFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
        DeletionProtection: 'ACTIVE',
      },
    });
  });

  it('has a client for browsers, with a secret, the code flow and exact addresses to come back to', () => {
    const template = Template.fromStack(signInIn().stack);

    template.resourceCountIs('AWS::Cognito::UserPoolClient', 2);
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      GenerateSecret: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      CallbackURLs: ['https://api.example.com/auth/callback', 'http://localhost/auth/callback'],
      LogoutURLs: ['https://api.example.com/dashboard/', 'http://localhost/dashboard/'],
      ExplicitAuthFlows: Match.not(Match.arrayWith(['ALLOW_USER_PASSWORD_AUTH'])),
      PreventUserExistenceErrors: 'ENABLED',
      SupportedIdentityProviders: ['COGNITO'],
    });
    template.hasResourceProperties('AWS::Cognito::UserPoolDomain', { ManagedLoginVersion: 2 });
  });

  it('has a client for the command line, which keeps no secret and comes back to this machine alone', () => {
    const template = Template.fromStack(signInIn().stack);

    template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: ['http://localhost:42917/callback'],
      AccessTokenValidity: 60,
      PreventUserExistenceErrors: 'ENABLED',
    });
    // Without it a client has no pages.
    template.resourceCountIs('AWS::Cognito::ManagedLoginBranding', 2);
  });

  it('lets a function make and remove accounts of this pool, and read the secret of its client', () => {
    const { stack, signIn } = signInIn();
    signIn.grantUse(granteeIn(stack));

    expect(grantedIn(stack)).toEqual([
      {
        Effect: 'Allow',
        Action: ['cognito-idp:AdminCreateUser', 'cognito-idp:AdminDeleteUser', 'cognito-idp:DescribeUserPoolClient'],
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^SignInPool/), 'Arn'] },
      },
    ]);
  });
});
