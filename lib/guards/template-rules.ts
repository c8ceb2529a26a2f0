import type { NamedResource, Template } from './template.ts';
import { isRecord, objectsWithin, resourcesOf, valueAt } from './template.ts';

/** One thing that must hold for every resource of a template. */
export interface TemplateRule {
  readonly name: string;
  readonly description: string;
  readonly fix: string;
  /** The resources that break the rule. */
  readonly offenders: (template: Template) => NamedResource[];
}

const RETENTION_DAYS = 90;

const PUBLIC_ACCESS_BLOCK = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

/** Rules of our own, which no public pack has in this form. */
export const TEMPLATE_RULES: readonly TemplateRule[] = [
  {
    name: 'log-group-90-days',
    description: `A log group keeps its lines for ${RETENTION_DAYS} days, no longer and not for ever.`,
    fix: 'Leave `retention` to lib/property-defaults.ts.',
    offenders: (template) =>
      resourcesOf(template, 'AWS::Logs::LogGroup').filter(
        (group) => valueAt(group.Properties, 'RetentionInDays') !== RETENTION_DAYS,
      ),
  },
  {
    name: 'bucket-private',
    description: 'A bucket blocks public access in all four ways.',
    fix: 'Leave `blockPublicAccess` to lib/property-defaults.ts.',
    offenders: (template) =>
      resourcesOf(template, 'AWS::S3::Bucket').filter((bucket) =>
        PUBLIC_ACCESS_BLOCK.some((name) => valueAt(bucket.Properties, 'PublicAccessBlockConfiguration', name) !== true),
      ),
  },
  {
    name: 'bucket-encrypted',
    description: 'A bucket says how it is encrypted.',
    fix: 'Leave `encryption` to lib/property-defaults.ts.',
    offenders: (template) =>
      resourcesOf(template, 'AWS::S3::Bucket').filter(
        (bucket) => valueAt(bucket.Properties, 'BucketEncryption') === undefined,
      ),
  },
  {
    name: 'table-encrypted',
    description: 'A table is encrypted with a key of AWS KMS in every region, which CloudTrail shows in use.',
    fix: 'Leave `encryption` to lib/property-defaults.ts.',
    offenders: (template) =>
      resourcesOf(template, 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table').filter(
        (table) => valueAt(table.Properties, 'SSESpecification', 'SSEEnabled') !== true,
      ),
  },
  {
    name: 'queue-encrypted',
    description: 'A queue says how it is encrypted.',
    fix: 'Set `encryption` to SQS_MANAGED.',
    offenders: (template) =>
      resourcesOf(template, 'AWS::SQS::Queue').filter(
        ({ Properties }) =>
          valueAt(Properties, 'SqsManagedSseEnabled') !== true && valueAt(Properties, 'KmsMasterKeyId') === undefined,
      ),
  },
  {
    name: 'bucket-tls-only',
    description: 'A bucket refuses requests without TLS.',
    fix: 'Leave `enforceSSL` to lib/property-defaults.ts.',
    offenders: (template) =>
      resourcesOf(template, 'AWS::S3::Bucket').filter((bucket) => !refusesPlainHttp(template, bucket.logicalId)),
  },
  {
    name: 'no-open-principal',
    description: 'No policy lets everybody in without a condition.',
    fix: 'Name the principal, or hold the statement to a source.',
    offenders: (template) =>
      Object.entries(template.Resources ?? {})
        .map(([logicalId, resource]) => ({ logicalId, ...resource }))
        .filter(({ Properties }) => objectsWithin(Properties).some(letsEverybodyIn)),
  },
  {
    name: 'function-url-iam',
    description: 'A function URL asks for a signature.',
    fix: 'Set `authType` to AWS_IAM.',
    offenders: (template) =>
      resourcesOf(template, 'AWS::Lambda::Url').filter((url) => valueAt(url.Properties, 'AuthType') !== 'AWS_IAM'),
  },
  {
    name: 'permission-with-source',
    description: 'A service may call a function only on behalf of a named source (the confused deputy).',
    fix: 'Give the permission a `sourceArn`.',
    offenders: (template) =>
      resourcesOf(template, 'AWS::Lambda::Permission').filter(
        (permission) => valueAt(permission.Properties, 'SourceArn') === undefined,
      ),
  },
];

function refusesPlainHttp(template: Template, bucket: string): boolean {
  return resourcesOf(template, 'AWS::S3::BucketPolicy')
    .filter((policy) => valueAt(policy.Properties, 'Bucket', 'Ref') === bucket)
    .flatMap((policy) => objectsWithin(policy.Properties))
    .some(
      (statement) =>
        statement.Effect === 'Deny' &&
        isEverybody(statement.Principal) &&
        statement.Action === 's3:*' &&
        String(valueAt(statement.Condition, 'Bool', 'aws:SecureTransport')) === 'false',
    );
}

function letsEverybodyIn(statement: Record<string, unknown>): boolean {
  return statement.Effect === 'Allow' && isEverybody(statement.Principal) && !hasCondition(statement.Condition);
}

function hasCondition(condition: unknown): boolean {
  return isRecord(condition) && Object.keys(condition).length > 0;
}

function isEverybody(principal: unknown): boolean {
  const names = isRecord(principal) ? Object.values(principal).flat() : [principal];
  return names.includes('*');
}
