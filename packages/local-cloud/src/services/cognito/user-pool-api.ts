import type { AwsApi } from '../../aws-api/aws-api.ts';
import { jsonApi } from '../../aws-api/json-api.ts';
import { ServiceError } from '../../aws-api/service-error.ts';
import type { AccountStore, StoredAccount } from './account-store.ts';
import { type FederatedAccounts, usernameOf } from './federated-accounts.ts';
import type { PoolClient } from './issuer.ts';

type Input = Readonly<Record<string, unknown>>;

export interface UserPoolApiOptions {
  readonly poolId: string;
  readonly clients: readonly PoolClient[];
  readonly accounts: AccountStore;
  readonly federated: FederatedAccounts;
  readonly sendMail: (to: string, subject: string, text: string) => Promise<unknown>;
}

/** What administrators of a user pool call: clients, and accounts made, disabled and removed. */
export function userPoolApi(options: UserPoolApiOptions): AwsApi {
  const { accounts, clients, sendMail } = options;
  return jsonApi({
    signingName: 'cognito-idp',
    targetPrefix: 'AWSCognitoIdentityProviderService',
    operations: {
      DescribeUserPoolClient: (input: Input): unknown => {
        requirePool(options, input);
        const client = clients.find(({ clientId }) => clientId === input.ClientId);
        if (!client) throw new ServiceError('ResourceNotFoundException', 'The client does not exist.');
        const { clientId: ClientId, secret: ClientSecret } = client;
        return { UserPoolClient: { UserPoolId: options.poolId, ClientId, ClientSecret } };
      },
      AdminCreateUser: async (input: Input): Promise<unknown> => {
        requirePool(options, input);
        const mail = String(input.Username ?? '');
        if (!/^[^\s@]+@[^\s@]+$/.test(mail))
          throw new ServiceError('InvalidParameterException', 'Username should be an email.');
        const password = await accounts.create(mail);
        if (password === undefined) throw new ServiceError('UsernameExistsException', 'User account already exists');
        await sendMail(mail, 'Your first password', `Your first password is ${password}`);
        return { User: { Username: accounts.find(mail)?.subject, UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true } };
      },
      AdminGetUser: (input: Input): unknown => {
        const { subject, isTemporary } = requireAccount(options, input);
        return { Username: subject, UserMFASettingList: isTemporary ? [] : ['EMAIL_OTP'] };
      },
      AdminUpdateUserAttributes: async (input: Input): Promise<unknown> => {
        const account = requireAccount(options, input);
        const mail = attributeOf(input, 'email');
        if (mail === undefined || attributeOf(input, 'email_verified') !== 'true')
          throw new ServiceError('InvalidParameterException', 'Only a verified email is known here.');
        if (!(await accounts.changeMail(account, mail)))
          throw new ServiceError('AliasExistsException', 'An account with the email already exists.');
        return {};
      },
      AdminDisableUser: async (input: Input) => disable(options, input, true),
      AdminEnableUser: async (input: Input) => disable(options, input, false),
      AdminDeleteUser: async (input: Input): Promise<unknown> => {
        requirePool(options, input);
        if (await options.federated.remove(String(input.Username))) return {};
        await accounts.remove(requireAccount(options, input).mail);
        return {};
      },
      ListUsers: (input: Input): unknown => {
        requirePool(options, input);
        const [, mail] = /^email = "([^"\\]+)"$/.exec(String(input.Filter ?? '')) ?? [];
        if (mail === undefined) throw new ServiceError('InvalidParameterException', 'Only email = "…" is known here.');
        return { Users: usernamesOf(options, mail).map((Username) => ({ Username })) };
      },
    },
  });
}

async function disable(options: UserPoolApiOptions, input: Input, isDisabled: boolean): Promise<unknown> {
  await options.accounts.setDisabled(requireAccount(options, input), isDisabled);
  return {};
}

/** Accounts of an address: the pool's own, and those that directories vouch for. */
function usernamesOf({ accounts, federated }: UserPoolApiOptions, mail: string): readonly string[] {
  const own = accounts.find(mail);
  const vouchedFor = federated.list().filter(({ claims }) => claims.email?.toLowerCase() === mail.toLowerCase());
  return [...(own ? [own.subject] : []), ...vouchedFor.map(usernameOf)];
}

function attributeOf({ UserAttributes = [] }: Input, name: string): string | undefined {
  const attributes = UserAttributes as readonly { readonly Name: string; readonly Value?: string }[];
  return attributes.find(({ Name }) => Name === name)?.Value;
}

function requirePool({ poolId }: UserPoolApiOptions, { UserPoolId: asked }: Input): void {
  if (asked !== poolId)
    throw new ServiceError('ResourceNotFoundException', `User pool ${String(asked)} does not exist.`);
}

function requireAccount(options: UserPoolApiOptions, input: Input): StoredAccount {
  requirePool(options, input);
  const name = String(input.Username ?? '');
  const found = options.accounts.find(name) ?? options.accounts.findBySubject(name);
  if (!found) throw new ServiceError('UserNotFoundException', 'User does not exist.');
  return found;
}
