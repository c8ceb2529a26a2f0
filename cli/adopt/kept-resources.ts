import { KEPT_TAG } from '../../lib/kept-tag.ts';

/** The part of a CloudFormation template that is read here. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A place in a new stack for a resource that outlived the stack before. */
export interface Place {
  readonly logicalId: string;
  readonly type: string;
  /** Value of the tag that place and kept resource have in common. */
  readonly tag: string;
}

/** Types that outlive their stack: the property that CloudFormation imports them by, and how an ARN tells its value. */
const IDENTIFIERS: Readonly<Record<string, { readonly name: string; readonly from: RegExp }>> = {
  'AWS::S3::Bucket': { name: 'BucketName', from: /^arn:[^:]+:s3:::([^/]+)$/ },
  'AWS::DynamoDB::GlobalTable': { name: 'TableName', from: /^arn:[^:]+:dynamodb:[^:]+:\d+:table\/([^/]+)$/ },
  'AWS::KMS::Key': { name: 'KeyId', from: /^arn:[^:]+:kms:[^:]+:\d+:key\/([^/]+)$/ },
  'AWS::SecretsManager::Secret': { name: 'Id', from: /^(arn:[^:]+:secretsmanager:[^:]+:\d+:secret:[^:]+)$/ },
};

/** Places of a template, which are its resources with the tag. */
export function placesIn({ Resources }: Template): Place[] {
  return Object.entries(Resources).flatMap(([logicalId, { Type, Properties }]) => {
    const tag = IDENTIFIERS[Type] && tagIn(Properties);
    return tag === undefined ? [] : [{ logicalId, type: Type, tag }];
  });
}

/** Tables have their tags in each replica, the others at the top. */
function tagIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { Key, Value } = value as { readonly Key?: unknown; readonly Value?: unknown };
  if (Key === KEPT_TAG) return String(Value);
  for (const inner of Object.values(value)) {
    const found = tagIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The identifier with which CloudFormation imports a resource; undefined for an ARN of another kind. */
export function identifierOf(type: string, arn: string): Record<string, string> | undefined {
  const identifier = IDENTIFIERS[type];
  const value = identifier?.from.exec(arn)?.[1];
  return identifier && value !== undefined ? { [identifier.name]: value } : undefined;
}
