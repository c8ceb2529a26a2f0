import { TEXT_FOR_PEOPLE } from '../../assembly/ignored.ts';
import { localArn } from '../../assembly/references.ts';
import type { PropertySpec, ResourceType } from '../../assembly/resource-type.ts';
import { StartFault } from '../../start-fault.ts';

const SUBSTITUTE = 'an OpenID issuer with accounts of this machine, a password and a mailed code';

const SAME_FOR_ALL: PropertySpec = { ignored: 'The stand-in asks everybody for a password and a mailed code.' };
const NOT_HERE: PropertySpec = { ignored: 'A matter of the real user pool.' };

/** What of Amazon Cognito has a stand-in. */
export const COGNITO_RESOURCE_TYPES: readonly ResourceType[] = [
  {
    class: 'cloudFormationOnly',
    type: 'AWS::Cognito::ManagedLoginBranding',
    reason: 'The look of pages that only AWS serves.',
  },
  {
    class: 'standIn',
    substitute: SUBSTITUTE,
    type: 'AWS::Cognito::UserPool',
    references: ({ region, logicalId }, name, { issuer }) => ({
      ref: name,
      attributes: {
        Arn: localArn('cognito-idp', region, `userpool/${name}`),
        UserPoolId: name,
        get ProviderURL() {
          if (!issuer) throw new StartFault(`No host was chosen for the issuer of the user pool ${logicalId}.`);
          return `http://${issuer(logicalId)}`;
        },
      },
    }),
    properties: {
      AccountRecoverySetting: NOT_HERE,
      AdminCreateUserConfig: SAME_FOR_ALL,
      AutoVerifiedAttributes: SAME_FOR_ALL,
      DeletionProtection: NOT_HERE,
      EmailConfiguration: { ignored: 'Mails of this machine end in its mailbox.' },
      EmailVerificationMessage: TEXT_FOR_PEOPLE,
      EmailVerificationSubject: TEXT_FOR_PEOPLE,
      EnabledMfas: SAME_FOR_ALL,
      MfaConfiguration: { only: ['ON'] },
      Policies: SAME_FOR_ALL,
      Schema: { ignored: 'Directories of this machine give groups and methods without being asked.' },
      SmsVerificationMessage: TEXT_FOR_PEOPLE,
      UserAttributeUpdateSettings: NOT_HERE,
      UserPoolTags: TEXT_FOR_PEOPLE,
      UserPoolTier: NOT_HERE,
      UsernameAttributes: { only: [['email']] },
      UsernameConfiguration: SAME_FOR_ALL,
      VerificationMessageTemplate: TEXT_FOR_PEOPLE,
      WebAuthnFactorConfiguration: NOT_HERE,
      WebAuthnRelyingPartyID: NOT_HERE,
      WebAuthnUserVerification: NOT_HERE,
    },
  },
  {
    class: 'standIn',
    substitute: SUBSTITUTE,
    type: 'AWS::Cognito::UserPoolClient',
    references: (_, name) => ({ ref: name, attributes: { ClientId: name } }),
    properties: {
      AccessTokenValidity: { ignored: 'Access tokens of the stand-in hold an hour at most.' },
      AllowedOAuthFlows: { only: [['code']] },
      AllowedOAuthFlowsUserPoolClient: { only: [true] },
      AllowedOAuthScopes: { ignored: 'Clients of the stand-in have openid and email.' },
      AuthSessionValidity: NOT_HERE,
      CallbackURLs: 'run',
      EnableTokenRevocation: NOT_HERE,
      ExplicitAuthFlows: NOT_HERE,
      GenerateSecret: 'run',
      IdTokenValidity: NOT_HERE,
      LogoutURLs: 'run',
      PreventUserExistenceErrors: SAME_FOR_ALL,
      RefreshTokenValidity: { ignored: 'The stand-in gives no refresh tokens.' },
      SupportedIdentityProviders: 'run',
      TokenValidityUnits: NOT_HERE,
      UserPoolId: 'run',
    },
  },
  {
    class: 'standIn',
    substitute:
      'a directory of this machine, an OpenID provider for either kind, that believes who somebody says they are',
    type: 'AWS::Cognito::UserPoolIdentityProvider',
    nameProperty: 'ProviderName',
    properties: {
      AttributeMapping: { ignored: 'Directories of this machine use the standard names.' },
      IdpIdentifiers: NOT_HERE,
      ProviderDetails: { ignored: 'Where the real directory is; here it is on this machine.' },
      ProviderName: 'run',
      ProviderType: { only: ['OIDC', 'SAML'] },
      UserPoolId: 'run',
    },
  },
  {
    class: 'standIn',
    substitute: SUBSTITUTE,
    type: 'AWS::Cognito::UserPoolDomain',
    properties: { Domain: TEXT_FOR_PEOPLE, ManagedLoginVersion: NOT_HERE, UserPoolId: NOT_HERE },
  },
];
