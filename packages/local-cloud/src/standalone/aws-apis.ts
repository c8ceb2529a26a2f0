import type { AwsApi } from '../aws-api/aws-api.ts';
import { type AwsApiServer, startAwsApiServer } from '../aws-api/server.ts';
import { type Invalidate, invalidationApi } from '../services/cloudfront/invalidation-api.ts';
import { metricApi } from '../services/cloudwatch/metric-api.ts';
import { Metrics } from '../services/cloudwatch/metrics.ts';
import { AccountStore } from '../services/cognito/account-store.ts';
import { FederatedAccounts } from '../services/cognito/federated-accounts.ts';
import { userPoolApi } from '../services/cognito/user-pool-api.ts';
import { keyValueApi } from '../services/key-value-store/key-value-api.ts';
import { KeyValueStores } from '../services/key-value-store/key-value-stores.ts';
import { keyManagement } from '../services/kms/key-management.ts';
import { KeyStore } from '../services/kms/key-store.ts';
import { type SecretProperties, SecretStore } from '../services/secrets-manager/secret-store.ts';
import { secretsManager } from '../services/secrets-manager/secrets-manager.ts';
import { Mailbox } from '../services/ses/mailbox.ts';
import { simpleEmail } from '../services/ses/simple-email.ts';
import { queueApi } from '../services/sqs/queue-api.ts';
import { Queues } from '../services/sqs/queues.ts';
import { securityTokenService } from '../services/sts/security-token-service.ts';
import { systemsManager } from '../services/systems-manager/systems-manager.ts';
import { WafStore } from '../services/waf/waf-store.ts';
import { checkRules } from '../services/waf/web-acl.ts';
import { webApplicationFirewall } from '../services/waf/web-acl-api.ts';

export { Metrics } from '../services/cloudwatch/metrics.ts';
export { startQueueMapping } from '../services/event-source-mapping/queue-mapping.ts';
export { KeyValueStores } from '../services/key-value-store/key-value-stores.ts';
export { KeyStore } from '../services/kms/key-store.ts';
export { Mailbox } from '../services/ses/mailbox.ts';
export { Queues } from '../services/sqs/queues.ts';
export { WafStore } from '../services/waf/waf-store.ts';
export { createWebAcl, type WebAcl } from '../services/waf/web-acl.ts';

export interface AwsApisOptions {
  /** JSON file with the secrets; undefined keeps them in memory. */
  readonly stateFile: string | undefined;
  /** Systems Manager parameters, name -> value; read at each call. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly invalidate: Invalidate;
  /** For how long an invalidation is in progress. @default 0 */
  readonly invalidationSeconds?: number;
  /** KeyValueStores. @default none, in memory */
  readonly keyValueStores?: KeyValueStores;
  /** IP sets and rule groups. @default none yet, in memory */
  readonly waf?: WafStore;
  /** @default none, in memory */
  readonly keys?: KeyStore;
  /** A user pool's own API. @default one of the id `local`, whose mails nobody sees */
  readonly userPool?: AwsApi;
  /** Where mails end. @default one that nobody sees */
  readonly mailbox?: Mailbox;
  /** @default none, in memory */
  readonly queues?: Queues;
  /** @default nothing was counted */
  readonly metrics?: Metrics;
  /** Access key -> secret key of everyone who may call. */
  readonly principals: ReadonlyMap<string, string>;
  readonly log: (line: string) => void;
  /** @default 0, any free port */
  readonly port?: number;
  /** @default the clock */
  readonly now?: () => Date;
}

export interface AwsApis extends Omit<AwsApiServer, 'add'> {
  /** Generates the secret's value, once, and keeps it. */
  ensureSecret(arn: string, properties: SecretProperties): Promise<void>;
  /** @param id the secret's ARN or name */
  secretValue(id: string): string | undefined;
}

/** The APIs of services on one port without a cloud assembly, for tests of a program that calls them. */
export async function startAwsApis(options: AwsApisOptions): Promise<AwsApis> {
  const now = options.now ?? (() => new Date());
  const secrets = await SecretStore.open(options.stateFile);
  const waf = options.waf ?? (await WafStore.open(undefined));
  const ipSets = { get: (arn: string) => waf.get('ipSets', arn) };
  const keys = options.keys ?? (await KeyStore.open(undefined));
  const stores = options.keyValueStores ?? (await KeyValueStores.open(undefined));
  const { endpoint, add, close } = await startAwsApiServer(options);
  add(secretsManager(secrets, now));
  add(systemsManager(options.parameters, now()));
  add(keyManagement(keys));
  add(simpleEmail(options.mailbox ?? (await Mailbox.open(undefined)), now));
  add(queueApi(options.queues ?? (await Queues.open(undefined))));
  add(options.userPool ?? (await emptyUserPool()));
  add(securityTokenService());
  add(metricApi(options.metrics ?? new Metrics()));
  add(webApplicationFirewall(waf, (rules) => checkRules(rules, ipSets)));
  add(keyValueApi(stores));
  add(invalidationApi(options.invalidate, { now, seconds: options.invalidationSeconds ?? 0 }));
  return {
    endpoint,
    ensureSecret: (arn, properties) => secrets.ensure(arn, properties, now()),
    secretValue: (id) => secrets.find(id)?.value,
    close,
  };
}

async function emptyUserPool(): Promise<AwsApi> {
  const accounts = await AccountStore.open(undefined);
  const federated = await FederatedAccounts.open(undefined);
  return userPoolApi({ poolId: 'local', clients: [], accounts, federated, sendMail: async () => undefined });
}
