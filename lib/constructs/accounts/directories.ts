import { SecretValue } from 'aws-cdk-lib';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import {
  OidcAttributeRequestMethod,
  ProviderAttribute,
  SigningAlgorithm,
  UserPoolIdentityProviderOidc,
  UserPoolIdentityProviderSaml,
  UserPoolIdentityProviderSamlMetadata,
} from 'aws-cdk-lib/aws-cognito';
import type { IConstruct } from 'constructs';
import type { Directory } from '../../../lambda/contract/people.ts';
import { DIRECTORY_ATTRIBUTES } from '../../../lambda/contract/people.ts';
import type { DirectoryConfig } from '../../config/directories.ts';

/** An identity provider of a user pool, with what clients must wait for. */
export interface IdentityProvider extends IConstruct {
  readonly providerName: string;
}

/** Lets people sign in by a directory of the customer's (AWS, "Using SAML" and "Using OIDC identity providers with a user pool"). */
export function addDirectory(pool: UserPool, name: string, config: DirectoryConfig): IdentityProvider {
  const attributeMapping = mappingOf(config);
  const id = `Directory-${name}`;
  if (config.kind === 'saml') {
    return new UserPoolIdentityProviderSaml(pool, id, {
      ...{ userPool: pool, name, attributeMapping },
      metadata: UserPoolIdentityProviderSamlMetadata.url(config.metadataUrl),
      // A browser that brings an assertion that nobody asked for may be somebody else's.
      idpInitiated: false,
      idpSignout: false,
      requestSigningAlgorithm: SigningAlgorithm.RSA_SHA256,
    });
  }
  return new UserPoolIdentityProviderOidc(pool, id, {
    ...{ userPool: pool, name, attributeMapping },
    issuerUrl: config.issuer,
    clientId: config.clientId,
    clientSecret: SecretValue.secretsManager(config.clientSecretArn).unsafeUnwrap(),
    scopes: ['openid', 'email', 'profile'],
    attributeRequestMethod: OidcAttributeRequestMethod.GET,
  });
}

/** By default addresses are not verified: a directory must say that one is. */
function mappingOf({ attributes }: DirectoryConfig) {
  const { mail, mailVerified, groups, methods } = attributes;
  return {
    email: ProviderAttribute.other(mail),
    emailVerified: ProviderAttribute.other(mailVerified),
    custom: {
      [`custom:${DIRECTORY_ATTRIBUTES.groups}`]: ProviderAttribute.other(groups),
      [`custom:${DIRECTORY_ATTRIBUTES.methods}`]: ProviderAttribute.other(methods),
    },
  };
}

/** As the API knows them: where a directory is and how it is asked is the user pool's matter. */
export const describeDirectories = (directories: Readonly<Record<string, DirectoryConfig>>): readonly Directory[] =>
  Object.entries(directories).map(([name, { domains, groups, secondFactor }]) => ({
    ...{ name, domains, groups, secondFactor },
  }));
