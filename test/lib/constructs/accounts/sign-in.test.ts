import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { SignInProps } from '../../../../lib/constructs/accounts/sign-in.ts';
import { SignIn } from '../../../../lib/constructs/accounts/sign-in.ts';
import { constructStack, grantedIn, granteeIn } from '../../construct-stack.ts';

function signInIn(ways: Partial<Pick<SignInProps, 'directories' | 'directoriesOnly'>> = {}) {
  const stack = constructStack();
  const props = {
    deployment: 'vitrine',
    mailFrom: 'vitrine@example.com',
    hosts: ['api.example.com', 'localhost'],
    directories: {},
    directoriesOnly: false,
    ...ways,
  };
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
      AllowedOAuthScopes: ['openid', 'email', 'profile'],
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
        Action: [
          'cognito-idp:AdminCreateUser',
          'cognito-idp:AdminDeleteUser',
          'cognito-idp:AdminGetUser',
          'cognito-idp:AdminUpdateUserAttributes',
          'cognito-idp:DescribeUserPoolClient',
          'cognito-idp:ListUsers',
        ],
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^SignInPool/), 'Arn'] },
      },
    ]);
  });
});

describe('directories', () => {
  const attributes = { mail: 'email', mailVerified: 'email_verified', groups: 'groups', methods: 'amr' };
  const directories = {
    staff: {
      kind: 'oidc',
      issuer: 'https://login.example.com',
      clientId: 'vitrine',
      clientSecretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:staff',
      ...{ domains: ['example.com'], groups: {}, attributes, secondFactor: 'proven' as const },
    },
    agency: {
      kind: 'saml',
      metadataUrl: 'https://agency.example.com/metadata.xml',
      ...{
        domains: ['agency.example'],
        secondFactor: 'trusted' as const,
        groups: {},
        attributes: { ...attributes, groups: 'memberOf' },
      },
    },
  } as const;

  it('are identity providers of the pool, whose secret is in no template', () => {
    const template = Template.fromStack(signInIn({ directories }).stack);

    template.hasResourceProperties('AWS::Cognito::UserPoolIdentityProvider', {
      ProviderName: 'staff',
      ProviderType: 'OIDC',
      ProviderDetails: {
        oidc_issuer: 'https://login.example.com',
        client_id: 'vitrine',
        client_secret:
          '{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:111122223333:secret:staff:SecretString:::}}',
      },
      AttributeMapping: {
        email: 'email',
        email_verified: 'email_verified',
        'custom:groups': 'groups',
        'custom:methods': 'amr',
      },
    });
    template.hasResourceProperties('AWS::Cognito::UserPoolIdentityProvider', {
      ProviderName: 'agency',
      ProviderType: 'SAML',
      ProviderDetails: {
        MetadataURL: 'https://agency.example.com/metadata.xml',
        IDPInit: false,
        RequestSigningAlgorithm: 'rsa-sha256',
      },
      AttributeMapping: Match.objectLike({ 'custom:groups': 'memberOf' }),
    });
  });

  it.each([
    ['beside passwords', false, ['COGNITO', { Ref: Match.anyValue() }, { Ref: Match.anyValue() }]],
    ['alone', true, [{ Ref: Match.anyValue() }, { Ref: Match.anyValue() }]],
  ])('are ways in of both clients, %s, which wait for them', (_, directoriesOnly, ways) => {
    const template = Template.fromStack(signInIn({ directories, directoriesOnly }).stack);

    template.resourcePropertiesCountIs('AWS::Cognito::UserPoolClient', { SupportedIdentityProviders: ways }, 2);
    const providers = Object.keys(template.findResources('AWS::Cognito::UserPoolIdentityProvider'));
    for (const { DependsOn } of Object.values(template.findResources('AWS::Cognito::UserPoolClient'))) {
      expect([DependsOn].flat().toSorted()).toEqual(providers.toSorted());
    }
  });

  it('fill attributes that the pool has from the beginning, because a pool’s are final', () => {
    Template.fromStack(signInIn().stack).hasResourceProperties('AWS::Cognito::UserPool', {
      Schema: Match.arrayWith([
        {
          AttributeDataType: 'String',
          Mutable: true,
          Name: 'groups',
          StringAttributeConstraints: { MaxLength: '2048' },
        },
        {
          AttributeDataType: 'String',
          Mutable: true,
          Name: 'methods',
          StringAttributeConstraints: { MaxLength: '2048' },
        },
      ]),
    });
  });
});
