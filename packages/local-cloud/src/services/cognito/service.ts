import type { Handler } from '../../listener.ts';
import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import { MAILBOX } from '../ses/service.ts';
import { COGNITO_RESOURCE_TYPES } from './properties.ts';
import { startUserPool } from './user-pool.ts';

/** The issuer of a user pool, to be served at the host that it was planned with. */
export interface RunningIssuer {
  readonly logicalId: string;
  readonly handle: Handler;
}

export const ISSUERS = offerOf<readonly RunningIssuer[]>('OpenID issuers');

export const cognito: Service = {
  name: 'cognito',
  resourceTypes: COGNITO_RESOURCE_TYPES,
  sdkEndpoints: ['COGNITO_IDENTITY_PROVIDER'],
  start: async (cloud) => {
    const clients = cloud.resources('AWS::Cognito::UserPoolClient');
    const providers = cloud.resources('AWS::Cognito::UserPoolIdentityProvider');
    const running = cloud.resources('AWS::Cognito::UserPool').map(async ({ ref, logicalId, attributes }) => {
      const pool = await startUserPool({
        poolId: ref,
        url: attributes.ProviderURL ?? '',
        clients: clients
          .filter(({ properties }) => properties.UserPoolId === ref)
          .map((client) => ({
            clientId: client.ref,
            isPublic: client.properties.GenerateSecret !== true,
            callbackUrls: (client.properties.CallbackURLs ?? []) as string[],
            logoutUrls: (client.properties.LogoutURLs ?? []) as string[],
          })),
        directories: providers
          .filter(({ properties }) => properties.UserPoolId === ref)
          .map(({ properties }) => ({
            name: String(properties.ProviderName),
            type: properties.ProviderType as 'OIDC' | 'SAML',
          })),
        hasPasswords: clients.some(
          ({ properties }) =>
            properties.UserPoolId === ref && (properties.SupportedIdentityProviders as string[]).includes('COGNITO'),
        ),
        mailbox: cloud.need(MAILBOX),
        fileOf: (name) => cloud.path(`user-pools/${ref}/${name}`),
      });
      cloud.atEnd(pool.close);
      cloud.apis.add(pool.api);
      return { logicalId, handle: pool.handle };
    });
    cloud.offer(ISSUERS, await Promise.all(running));
  },
};
