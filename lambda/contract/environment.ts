/**
 * Names of the environment variables that constructs set and handlers read. The construct that grants a right sets the
 * variable in the same call, so a handler cannot have one without the other.
 */
export const ENVIRONMENT = {
  /** Name of the bucket with the originals. */
  originalsBucket: 'VITRINE_ORIGINALS_BUCKET',
  /** Name of the bucket with the finished variants. */
  variantsBucket: 'VITRINE_VARIANTS_BUCKET',
  /** Name of the bucket of the customer's that originals are replicated to. */
  backupBucket: 'VITRINE_BACKUP_BUCKET',
  /** By region, where its copy is, a `ReplicaPlace` as JSON: of a function that renders from copies. */
  replicas: 'VITRINE_REPLICAS',
  /** The other region that is watched from here, a `WatchedRegion` as JSON. */
  watchedRegion: 'VITRINE_WATCHED_REGION',
  /** Name of the library table. */
  libraryTable: 'VITRINE_LIBRARY_TABLE',
  /** Name of the table with the region's audit events. */
  auditTable: 'VITRINE_AUDIT_TABLE',
  /** Name of the home region's audit table, which tells of changes of the account. */
  homeAuditTable: 'VITRINE_HOME_AUDIT_TABLE',
  /** Name of the bucket in which the region's audit log is mirrored and sealed. */
  auditBucket: 'VITRINE_AUDIT_BUCKET',
  /** ARN of the KMS key, in the home region, that signs seals of the audit log. */
  sealKey: 'VITRINE_SEAL_KEY',
  /** Name of the accounts table, which is in the home region. */
  accountsTable: 'VITRINE_ACCOUNTS_TABLE',
  /** The home region. */
  accountsRegion: 'VITRINE_ACCOUNTS_REGION',
  /** ARN of the secret whose JSON is `{"publicKey","privateKey"}`. */
  credentialsSecret: 'VITRINE_CREDENTIALS_SECRET',
  /** Name of the Systems Manager parameter (in us-east-1) whose JSON is an `EdgeDescription`. */
  edgeParameter: 'VITRINE_EDGE_PARAMETER',
  /** ARN of the KMS key, in the home region, that origins' credentials are encrypted with. */
  originCredentialsKey: 'VITRINE_ORIGIN_CREDENTIALS_KEY',
  /** Comma list of CIDR blocks that an upload by URL, an origin or a webhook may reach although they are not public. Empty by default. */
  remoteAllow: 'VITRINE_REMOTE_ALLOW',
  /** What happens to uploads that are not what they were declared as, a `TypePolicy`; missing where it is the default. */
  typePolicy: 'VITRINE_TYPE_POLICY',
  /** Who sees new files, a `Visibility`; missing where everybody does. */
  defaultVisibility: 'VITRINE_DEFAULT_VISIBILITY',
  /** Details that are taken over from what is embedded in files, `EmbeddedFields` as JSON; missing where nothing is. */
  embeddedFields: 'VITRINE_EMBEDDED_FIELDS',
  /** An `EncodingBudget` as JSON; missing where first answers are stored for good. */
  encodingBudget: 'VITRINE_ENCODING_BUDGET',
  /** Folder with the dashboard's files. */
  dashboard: 'VITRINE_DASHBOARD',
  /** URL of the queue of messages to webhooks. */
  webhookQueue: 'VITRINE_WEBHOOK_QUEUE',
  /** US dollars a month, a whole number; missing where there is no ceiling of spending. */
  spendCeiling: 'VITRINE_SPEND_CEILING',
  /** An `OverCeiling`; missing where renders are refused over the ceiling. */
  overCeiling: 'VITRINE_OVER_CEILING',
  /** Name of the budget whose limit is the ceiling of spending. */
  ceilingBudget: 'VITRINE_CEILING_BUDGET',
  /** A `PeopleDescription` as JSON; missing in a deployment without people. */
  people: 'VITRINE_PEOPLE',
} as const;

/** Of the receiver of large uploads alone; every byte of the table above is in each function. */
export const RECEIVER_ENVIRONMENT = {
  /** Name of the function of the API. */
  apiFunction: 'VITRINE_API_FUNCTION',
  /** Name of the secret, in the edge's region, that the distribution adds to what it sends. */
  originSecret: 'VITRINE_ORIGIN_SECRET',
} as const;

type VariableName =
  | (typeof ENVIRONMENT)[keyof typeof ENVIRONMENT]
  | (typeof RECEIVER_ENVIRONMENT)[keyof typeof RECEIVER_ENVIRONMENT];

/** The value of one variable; a missing one is a deployment fault and named. */
export function requireEnvironment(name: VariableName): string {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set.`);
  return value;
}
