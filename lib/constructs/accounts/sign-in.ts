import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
  type UserPoolClientOptions,
  UserPoolEmail,
} from 'aws-cdk-lib/aws-cognito';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DASHBOARD_PATH } from '../../../lambda/contract/dashboard.ts';
import type { SignInDescription } from '../../../lambda/contract/people.ts';
import { CALLBACK_PATH, COMMAND_LINE_CALLBACK, DIRECTORY_ATTRIBUTES } from '../../../lambda/contract/people.ts';
import type { DirectoryConfig } from '../../config/directories.ts';
import { addDirectory, type IdentityProvider } from './directories.ts';

export interface SignInProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  /** Sender of codes and first passwords; SES must have verified its domain in this region. */
  readonly mailFrom: string;
  /** Hosts of the API, to which people come back. */
  readonly hosts: readonly string[];
  /** Directories of the customer's, by name. */
  readonly directories: Readonly<Record<string, DirectoryConfig>>;
  /** True: nobody signs in by a password of the pool. */
  readonly directoriesOnly: boolean;
}

/** What the API calls of the pool itself. */
const ACTIONS = [
  'cognito-idp:AdminCreateUser',
  'cognito-idp:AdminDeleteUser',
  'cognito-idp:AdminGetUser',
  'cognito-idp:AdminUpdateUserAttributes',
  'cognito-idp:DescribeUserPoolClient',
  'cognito-idp:ListUsers',
];

/** Most characters of an attribute of a user pool. */
const ATTRIBUTE_CHARACTERS = 2048;

/** Loopback hosts have no certificate; Cognito takes them without TLS, and no others (AWS, "CallbackURLs"). */
const urlOf = (host: string): string => `${host === 'localhost' ? 'http' : 'https'}://${host}`;

/**
 * Where people sign in: a Cognito user pool with managed login, password and a second factor for everybody. Nobody signs up;
 * administrators invite. E-mail codes as a second factor rule out e-mail as recovery (AWS, "EmailMfaConfiguration"), so who
 * forgot their password is invited anew.
 */
export class SignIn extends Construct {
  readonly #pool: UserPool;
  readonly #directories: readonly IdentityProvider[];
  readonly #ways: UserPoolClientIdentityProvider[];
  readonly #client: UserPoolClient;
  readonly #commandLine: UserPoolClient;

  constructor(scope: Construct, id: string, props: SignInProps) {
    super(scope, id);
    this.#pool = this.#makePool(props);
    this.#directories = Object.entries(props.directories).map(([name, one]) => addDirectory(this.#pool, name, one));
    this.#ways = [
      ...(props.directoriesOnly ? [] : [UserPoolClientIdentityProvider.COGNITO]),
      ...this.#directories.map(({ providerName }) => UserPoolClientIdentityProvider.custom(providerName)),
    ];
    this.#client = this.#makeClient(props);
    this.#commandLine = this.#makeCommandLine();
    this.#pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `${props.deployment}-${Aws.ACCOUNT_ID}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    this.#brand('Branding', this.#client);
    this.#brand('CommandLineBranding', this.#commandLine);
  }

  /** Lets a function make and remove accounts, and exchange codes as the pool's client. */
  grantUse(fn: LambdaFunction): void {
    Grant.addToPrincipal({
      grantee: fn,
      actions: ACTIONS,
      resourceArns: [this.#pool.userPoolArn],
    }).assertSuccess();
  }

  describe(): SignInDescription {
    return {
      poolId: this.#pool.userPoolId,
      clientId: this.#client.userPoolClientId,
      commandLineClientId: this.#commandLine.userPoolClientId,
      issuer: this.#pool.userPoolProviderUrl,
    };
  }

  #makePool({ mailFrom }: SignInProps): UserPool {
    const pool = new UserPool(this, 'Pool', {
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      keepOriginal: { email: true },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { sms: false, otp: true, email: true },
      email: UserPoolEmail.withSES({
        fromEmail: mailFrom,
        sesVerifiedDomain: mailFrom.slice(mailFrom.indexOf('@') + 1),
        sesRegion: Stack.of(this).region,
      }),
      accountRecovery: AccountRecovery.NONE,
      passwordPolicy: { minLength: 12 },
      // Attributes of a pool are final; these are there before the first directory is.
      customAttributes: {
        [DIRECTORY_ATTRIBUTES.groups]: new StringAttribute({ maxLen: ATTRIBUTE_CHARACTERS, mutable: true }),
        [DIRECTORY_ATTRIBUTES.methods]: new StringAttribute({ maxLen: ATTRIBUTE_CHARACTERS, mutable: true }),
      },
      signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // Without it passkeys do not count as two factors (AWS, "WebAuthnConfigurationType"); the L2 has no property.
    (pool.node.defaultChild as CfnUserPool).webAuthnFactorConfiguration = 'MULTI_FACTOR_WITH_USER_VERIFICATION';
    return pool;
  }

  #makeClient({ hosts }: SignInProps): UserPoolClient {
    return this.#addClient('Web', {
      generateSecret: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      authFlows: { user: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: hosts.map((host) => `${urlOf(host)}${CALLBACK_PATH}`),
        logoutUrls: hosts.map((host) => `${urlOf(host)}${DASHBOARD_PATH}`),
      },
      supportedIdentityProviders: this.#ways,
      accessTokenValidity: Duration.minutes(5),
      idTokenValidity: Duration.minutes(5),
      refreshTokenValidity: Duration.hours(12),
      authSessionValidity: Duration.minutes(3),
    });
  }

  /**
   * Programs on people's own machines keep no secret: PKCE stands for it (RFC 8252). Their tokens hold an hour, and nothing
   * renews them; whoever is signed out is refused before.
   */
  #makeCommandLine(): UserPoolClient {
    return this.#addClient('CommandLine', {
      generateSecret: false,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      authFlows: { user: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID],
        callbackUrls: [COMMAND_LINE_CALLBACK],
      },
      supportedIdentityProviders: this.#ways,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.minutes(5),
      refreshTokenValidity: Duration.hours(1),
      authSessionValidity: Duration.minutes(3),
    });
  }

  /** A client names directories by their names, which CloudFormation does not read as an order. */
  #addClient(id: string, options: UserPoolClientOptions): UserPoolClient {
    const client = this.#pool.addClient(id, options);
    for (const directory of this.#directories) client.node.addDependency(directory);
    return client;
  }

  /** Managed login shows a client that has no branding no page (AWS, "Branding and managed login"). */
  #brand(id: string, { userPoolClientId: clientId }: UserPoolClient): void {
    new CfnManagedLoginBranding(this, id, {
      userPoolId: this.#pool.userPoolId,
      clientId,
      useCognitoProvidedValues: true,
    });
  }
}
