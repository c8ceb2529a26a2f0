import dns from 'node:dns';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyStore, KeyValueStores, Mailbox, Queues, startAwsApis, WafStore } from 'local-cloud/aws-apis';
import { edgeParameterName } from '../../lambda/contract/edge.ts';
import { ENVIRONMENT } from '../../lambda/contract/environment.ts';
import type { Directory, PeopleDescription } from '../../lambda/contract/people.ts';
import { COMMAND_LINE_CALLBACK } from '../../lambda/contract/people.ts';

import type { BucketFixture } from '../adapters/bucket-fixture.ts';
import { startBucketFixture } from '../adapters/bucket-fixture.ts';
import type { LibraryFixture } from '../adapters/library-fixture.ts';
import { startLibraryFixture, TEST_CREDENTIALS } from '../adapters/library-fixture.ts';
import { lambdaContext } from './events.ts';
import { followLibrary } from './follow-library.ts';

/** Everything that the functions talk to, on this machine, and the environment that leads there. */
export interface CloudFixture {
  readonly library: LibraryFixture;
  readonly buckets: BucketFixture;
  /** Paths of the invalidations so far, oldest first. */
  readonly invalidations: () => readonly (readonly string[])[];
  readonly waf: WafStore;
  /** Entries of the edge's settings. */
  readonly edgeSettings: () => ReadonlyMap<string, string>;
  /** Of Systems Manager; the edge's is among them. */
  readonly parameters: Map<string, string>;
  readonly mailbox: Mailbox;
  /** `WEBHOOK_QUEUE` is declared. */
  readonly queues: Queues;
  /** Base URL of the issuer, where there is one. */
  readonly issuer: string;
  /** With `followsChanges`: until every change so far has been followed. */
  readonly followed: () => Promise<void>;
  /** Whether S3 fails to replicate what is written from then on. */
  readonly failReplication: (fails: boolean) => void;
  /** From then on nothing is followed, as when the region is gone. */
  readonly endFollowing: () => void;
  readonly close: () => Promise<void>;
}

export const ORIGINALS = 'originals';
export const VARIANTS = 'variants';
export const BACKUP = 'backup';
export const MEDIA_HOST = 'localhost:4000';
export const PRIVATE_KEY = 'private_test';
export const PUBLIC_KEY = 'public_test';
const DISTRIBUTION = 'EDISTRIBUTION';
const ACCESS_RULES = 'arn:aws:wafv2:us-east-1:000000000000:global/rulegroup/access-rules/1';
const ORIGIN_KEY = 'arn:aws:kms:eu-west-1:000000000000:key/origin-credentials';
const ORIGIN_KEY_ALIAS = 'arn:aws:kms:eu-west-1:000000000000:alias/vitrine-origin-credentials';
const PEOPLE_KEY = 'arn:aws:kms:eu-west-1:000000000000:key/people';
/** As the API without an issuer knows its pool. */
const POOL = 'local';
const CLIENT = 'web';
export const COMMAND_LINE_CLIENT = 'command-line';
export const WEBHOOK_QUEUE = 'arn:aws:sqs:eu-west-1:000000000000:webhooks';
const WEBHOOK_QUEUE_URL = 'https://sqs.eu-west-1.amazonaws.com/000000000000/webhooks';
const SETTINGS = 'arn:aws:cloudfront::000000000000:key-value-store/settings';
const EDGE = {
  distributionId: DISTRIBUTION,
  mediaHost: MEDIA_HOST,
  apiHosts: { 'eu-west-1': 'localhost:4001', 'us-west-2': 'localhost:4003' },
  settingsStoreArn: SETTINGS,
  accessRuleGroupArn: ACCESS_RULES,
};
const SECRET = 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:credentials';

export interface CloudOptions {
  readonly invalidationSeconds?: number;
  readonly hasIssuer?: boolean;
  readonly followsChanges?: boolean;
  /** Originals and records are replicated to `BACKUP`; with `followsChanges`. */
  readonly isBackedUp?: boolean;
  /** By which people sign in at the issuer. */
  readonly directories?: readonly Directory[];
  readonly directoriesOnly?: boolean;
}

/**
 * Starts it, with invalidations that take some seconds or none, and sets the environment; handlers are imported afterwards, as
 * Lambda does. With `followsChanges` the library's stream is followed, so that search finds what was uploaded.
 */
export async function startCloudFixture({
  invalidationSeconds = 0,
  hasIssuer = false,
  followsChanges = false,
  isBackedUp = false,
  directories = [],
  directoriesOnly = false,
}: CloudOptions = {}): Promise<CloudFixture> {
  let replicationFails = false;
  const folder = followsChanges ? mkdtempSync(join(tmpdir(), 'vitrine-followed-')) : undefined;
  const invalidations: (readonly string[])[] = [];
  const waf = await WafStore.open(undefined);
  const keys = await KeyStore.open(undefined);
  await keys.ensure(ORIGIN_KEY);
  await keys.ensure(PEOPLE_KEY);
  const mailbox = await Mailbox.open(undefined);
  const queues = await Queues.open(undefined);
  queues.declare(WEBHOOK_QUEUE, { visibilitySeconds: 180 });
  const issuer = hasIssuer ? await startIssuer(mailbox, directories, !directoriesOnly) : undefined;
  keys.alias('alias/vitrine-origin-credentials', ORIGIN_KEY);
  const keyValueStores = await KeyValueStores.open(undefined);
  await keyValueStores.declare(SETTINGS, new Map());
  waf.declare('ruleGroups', ACCESS_RULES, {});
  const parameters = new Map([[edgeParameterName('vitrine'), JSON.stringify(EDGE)]]);
  const [library, buckets, apis] = await Promise.all([
    startLibraryFixture(folder && join(folder, 'tables.sqlite')),
    isBackedUp
      ? startBucketFixture({ ...REPLICATED, replicationFails: () => replicationFails }, ORIGINALS, VARIANTS, BACKUP)
      : startBucketFixture(ORIGINALS, VARIANTS),
    startAwsApis({
      stateFile: undefined,
      parameters,
      invalidationSeconds,
      waf,
      keys,
      mailbox,
      queues,
      ...(issuer && { userPool: issuer.api }),
      keyValueStores,
      invalidate: (distributionId, paths) => distributionId === DISTRIBUTION && invalidations.push(paths) > 0,
      principals: new Map([[TEST_CREDENTIALS.accessKeyId, TEST_CREDENTIALS.secretAccessKey]]),
      log: console.error,
    }),
  ]);
  await apis.ensureSecret(SECRET, {
    SecretString: JSON.stringify({ publicKey: PUBLIC_KEY, privateKey: PRIVATE_KEY }),
  });
  resolveLocalhostNames();
  Object.assign(process.env, environment(library, buckets, apis.endpoint), {
    [ENVIRONMENT.people]: describedPeople(library, issuer?.url, { directories, directoriesOnly }),
  });
  const follower = followsChanges ? await followLibrary(library, isBackedUp ? keepRecords : undefined) : undefined;
  return {
    library,
    buckets,
    invalidations: () => invalidations,
    waf,
    parameters,
    mailbox,
    queues,
    issuer: issuer?.url ?? '',
    followed: async () => follower?.rest(),
    endFollowing: () => follower?.end(),
    failReplication: (fails) => {
      replicationFails = fails;
    },
    edgeSettings: () => keyValueStores.get(SETTINGS) ?? new Map(),
    close: async () => {
      follower?.end();
      await Promise.all([library.close(), buckets.close(), apis.close(), issuer?.close()]);
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

const rule = (prefix: string) => ({ prefix, destination: BACKUP, deleteMarkers: true });
const REPLICATED = { versioned: true, replications: [rule('media/'), rule('records/')] };

async function keepRecords(event: object): Promise<void> {
  const { handler } = await import('../../lambda/handlers/keep-records.ts');
  await handler(event as never, lambdaContext());
}

/** The stand-in of the user pool, on a port of its own. */
async function startIssuer(mailbox: Mailbox, directories: readonly Directory[], hasPasswords: boolean) {
  const { openListener, startUserPool } = await import('local-cloud/user-pool');
  const listener = await openListener(0, 'PORT');
  const url = `http://${listener.host}`;
  const client = {
    clientId: CLIENT,
    callbackUrls: ['http://localhost/auth/callback'],
    logoutUrls: ['http://localhost/dashboard/'],
  };
  const commandLine = {
    clientId: COMMAND_LINE_CLIENT,
    isPublic: true,
    callbackUrls: [COMMAND_LINE_CALLBACK],
    logoutUrls: [],
  };
  const clients = [client, commandLine];
  const providers = directories.map(({ name }) => ({
    name,
    type: name.includes('saml') ? ('SAML' as const) : ('OIDC' as const),
  }));
  const ways = { directories: providers, hasPasswords };
  const { handle, api } = await startUserPool({ poolId: POOL, url, clients, mailbox, hashCost: 10, ...ways });
  listener.serve(handle);
  return { url, api, close: () => listener.close() };
}

function environment(library: LibraryFixture, buckets: BucketFixture, apis: string) {
  return {
    ...buckets.environment,
    AWS_ENDPOINT_URL_DYNAMODB: library.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: apis,
    AWS_ENDPOINT_URL_SSM: apis,
    AWS_ENDPOINT_URL_KMS: apis,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: apis,
    AWS_ENDPOINT_URL_SESV2: apis,
    AWS_ENDPOINT_URL_SQS: apis,
    AWS_ENDPOINT_URL_STS: apis,
    AWS_ENDPOINT_URL_CLOUDWATCH: apis,
    AWS_ENDPOINT_URL_CLOUDFRONT: apis,
    AWS_ENDPOINT_URL_WAFV2: apis,
    AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: apis.replace('127.0.0.1', 'localhost'),
    [ENVIRONMENT.originalsBucket]: ORIGINALS,
    [ENVIRONMENT.variantsBucket]: VARIANTS,
    [ENVIRONMENT.backupBucket]: BACKUP,
    [ENVIRONMENT.libraryTable]: library.table,
    [ENVIRONMENT.auditTable]: library.auditTable,
    [ENVIRONMENT.homeAuditTable]: library.auditTable,
    // Both tables have the same keys.
    [ENVIRONMENT.accountsTable]: library.table,
    [ENVIRONMENT.accountsRegion]: 'eu-west-1',
    [ENVIRONMENT.originCredentialsKey]: ORIGIN_KEY_ALIAS,
    [ENVIRONMENT.credentialsSecret]: SECRET,
    [ENVIRONMENT.webhookQueue]: WEBHOOK_QUEUE_URL,
    [ENVIRONMENT.edgeParameter]: edgeParameterName('vitrine'),
    [ENVIRONMENT.remoteAllow]: '127.0.0.0/8',
  };
}

function describedPeople(
  library: LibraryFixture,
  issuer: string | undefined,
  ways: Pick<PeopleDescription, 'directories' | 'directoriesOnly'>,
): string {
  return JSON.stringify({
    keyArn: PEOPLE_KEY,
    keysTable: library.table,
    auditTable: library.auditTable,
    mailFrom: 'vitrine@example.com',
    allowedDomains: [],
    ...ways,
    signIn: {
      poolId: POOL,
      clientId: CLIENT,
      commandLineClientId: COMMAND_LINE_CLIENT,
      issuer: issuer ?? 'http://localhost:9',
    },
  } satisfies PeopleDescription);
}

/** As every execution environment does it: names under `localhost` are this machine (RFC 6761, 6.3). */
function resolveLocalhostNames(): void {
  const { lookup } = dns;
  const local = (name: string, ...others: unknown[]) =>
    Reflect.apply(lookup, dns, [name.endsWith('.localhost') ? '127.0.0.1' : name, ...others]);
  dns.lookup = Object.assign(local, lookup) as typeof dns.lookup;
}
