import type { SignInAccounts } from '../../core/accounts/people/sign-in-accounts.ts';
import type { Report } from '../../core/kernel/report.ts';
import { cached } from '../cached.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { userPoolEndpoint } from '../signed-http/service-endpoint.lean.ts';
import { AwsCallError, signedFetch } from '../signed-http/signed-fetch.lean.ts';

/** Milliseconds for one attempt. */
const TIMEOUT = 5_000;

/** How long a function knows the client's secret, in milliseconds. */
const MEMORY = 3_600_000;

interface Answer {
  readonly UserPoolClient?: { readonly ClientSecret?: string };
  readonly UserMFASettingList?: readonly string[];
  readonly Users?: readonly { readonly Username: string }[];
}

type Call = (action: string, input: object) => Promise<Answer>;

/** A user pool's own API (AWS, "Amazon Cognito user pools API reference"), as far as people need it. */
export function userPool(environment: Environment, poolId: string, clientId: string) {
  const send = signedFetch('cognito-idp', environment);
  const url = `${userPoolEndpoint(environment)}/`;
  const call: Call = (action, input) =>
    send(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `AWSCognitoIdentityProviderService.${action}`,
        },
        body: JSON.stringify({ UserPoolId: poolId, ...input }),
        timeout: TIMEOUT,
      },
      async (answer) => JSON.parse((await answer.text()) || '{}') as Answer,
    );
  return {
    /** Read from the pool, so that it is in no template and no environment. */
    clientSecret: cached(async () => {
      const { UserPoolClient } = await call('DescribeUserPoolClient', { ClientId: clientId });
      if (UserPoolClient?.ClientSecret === undefined) throw new Error('The client of the user pool has no secret.');
      return UserPoolClient.ClientSecret;
    }, MEMORY),
    accounts: (report: Report): SignInAccounts => ({
      changeMail: (from, to) => changeMail(call, from, to),
      create: async (mail) => {
        const input = { Username: mail, UserAttributes: attributesOf(mail), DesiredDeliveryMediums: ['EMAIL'] };
        await call('AdminCreateUser', input).catch(unless('UsernameExistsException'));
      },
      hasSecondFactor: async (subject) => {
        const { UserMFASettingList = [] } = await call('AdminGetUser', { Username: subject });
        return UserMFASettingList.length > 0;
      },
      remove: async (mail) => {
        try {
          // The pool's own, and those that directories made at a sign-in, whose names are others.
          const { Users = [] } = await call('ListUsers', { Filter: `email = "${mail}"` });
          for (const { Username } of Users) {
            await call('AdminDeleteUser', { Username }).catch(unless('UserNotFoundException'));
          }
        } catch (error) {
          report('account-not-removed', error);
        }
      },
    }),
  };
}

/** Whose account has no such address any more has the new one already. */
async function changeMail(call: Call, from: string, to: string): Promise<'changed' | 'taken'> {
  try {
    await call('AdminUpdateUserAttributes', { Username: from, UserAttributes: attributesOf(to) });
  } catch (error) {
    if (error instanceof AwsCallError && error.awsCode === 'AliasExistsException') return 'taken';
    unless('UserNotFoundException')(error);
  }
  return 'changed';
}

/** An address that is taken for the account's own, as its holder has proven. */
const attributesOf = (mail: string) => [
  { Name: 'email', Value: mail },
  { Name: 'email_verified', Value: 'true' },
];

/** What was done before is done. */
const unless = (code: string) => (error: unknown) => {
  if (!(error instanceof AwsCallError && error.awsCode === code)) throw error;
};
