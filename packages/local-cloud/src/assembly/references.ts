import { createHash } from 'node:crypto';
import type { TemplateResource } from './read-assembly.ts';

/** The account that everything on this machine belongs to. */
export const LOCAL_ACCOUNT = '000000000000';

/** Stands where `AWS::NoValue` removes a property. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** What `Ref` and `Fn::GetAtt` give for a resource. A missing attribute is not known to the local cloud. */
export interface References {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Addresses that the local cloud chooses before anything is started. */
export interface LocalHosts {
  /** Host and port of the CloudFront distribution. */
  readonly distribution: string;
  /** Host and port of the HTTP API. */
  readonly httpApi: string;
}

type ReferencesOf = (resource: TemplateResource, name: string, hosts: LocalHosts) => References;

const arn = (service: string, region: string, rest: string): string =>
  `arn:aws:${service}:${region}:${LOCAL_ACCOUNT}:${rest}`;

function table({ region }: TemplateResource, name: string): References {
  return { ref: name, attributes: { Arn: arn('dynamodb', region, `table/${name}`) } };
}

const TYPES: Readonly<Record<string, ReferencesOf>> = {
  'AWS::S3::Bucket': (_, name) => ({ ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } }),
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::Lambda::Function': ({ region }, name) => ({
    ref: name,
    attributes: { Arn: arn('lambda', region, `function:${name}`) },
  }),
  'AWS::Lambda::LayerVersion': ({ region }, name) => ({
    ref: arn('lambda', region, `layer:${name}:1`),
    attributes: {},
  }),
  'AWS::Lambda::Url': (_, name) => ({
    ref: name,
    attributes: { FunctionUrl: `https://${functionUrlHost(name)}/` },
  }),
  'AWS::ApiGatewayV2::Api': (_, name, { httpApi }) => ({ ref: name, attributes: { ApiEndpoint: `http://${httpApi}` } }),
  'AWS::SecretsManager::Secret': ({ region }, name) => ({
    ref: arn('secretsmanager', region, `secret:${name}`),
    attributes: {},
  }),
  'AWS::KMS::Key': ({ region }, name) => ({
    ref: name,
    attributes: { Arn: arn('kms', region, `key/${name}`), KeyId: name },
  }),
  'AWS::Events::Rule': ({ region }, name) => ({
    ref: name,
    attributes: { Arn: arn('events', region, `rule/${name}`) },
  }),
  'AWS::Logs::LogGroup': ({ region }, name) => ({
    ref: name,
    attributes: { Arn: arn('logs', region, `log-group:${name}:*`) },
  }),
  'AWS::IAM::Role': (_, name) => ({ ref: name, attributes: { Arn: arn('iam', '', `role/${name}`) } }),
  'AWS::CloudFront::Distribution': (_, name, { distribution }) => ({
    ref: name,
    attributes: { DomainName: distribution },
  }),
  'AWS::CloudFront::Function': (_, name) => ({
    ref: arn('cloudfront', '', `function/${name}`),
    attributes: { FunctionARN: arn('cloudfront', '', `function/${name}`) },
  }),
  'AWS::CloudFront::KeyValueStore': (_, name) => ({
    ref: name,
    attributes: { Arn: arn('cloudfront', '', `key-value-store/${name}`), Id: name },
  }),
  'AWS::CloudFront::OriginAccessControl': (_, name) => ({ ref: name, attributes: { Id: name } }),
  'AWS::WAFv2::WebACL': ({ region }, name) => ({
    ref: name,
    attributes: { Arn: arn('wafv2', region, `global/webacl/${name}`) },
  }),
  'AWS::WAFv2::IPSet': ({ region }, name) => ({
    ref: name,
    attributes: { Arn: arn('wafv2', region, `global/ipset/${name}`) },
  }),
  'AWS::WAFv2::RuleGroup': ({ region }, name) => ({
    ref: name,
    attributes: { Arn: arn('wafv2', region, `global/rulegroup/${name}/${name}`), Id: name },
  }),
  'AWS::Logs::DeliverySource': (_, name) => ({ ref: name, attributes: {} }),
  'AWS::Logs::DeliveryDestination': ({ region }, name) => ({
    ref: name,
    attributes: { Arn: arn('logs', region, `delivery-destination:${name}`) },
  }),
};

/** Properties that give a resource its physical name. */
const NAME_PROPERTIES = ['BucketName', 'TableName', 'FunctionName'];

/**
 * The physical name: what the template asks for, else one made from stack and logical id, as CloudFormation does, but
 * the same at every start.
 * @param resolve resolves a property's intrinsics
 */
export function physicalName(resource: TemplateResource, resolve: (value: unknown) => unknown): string {
  for (const property of NAME_PROPERTIES) {
    if (resource.properties[property] !== undefined) return String(resolve(resource.properties[property]));
  }
  const generated = `${resource.stack}-${resource.logicalId}`;
  return resource.type === 'AWS::S3::Bucket' ? generated.toLowerCase().slice(0, 63) : generated;
}

export function referencesOf(resource: TemplateResource, name: string, hosts: LocalHosts): References {
  return TYPES[resource.type]?.(resource, name, hosts) ?? { ref: name, attributes: {} };
}

/** "Pseudo parameters reference". */
export function pseudoParameters(stack: string, region: string): Readonly<Record<string, unknown>> {
  return {
    'AWS::AccountId': LOCAL_ACCOUNT,
    'AWS::NoValue': NO_VALUE,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${LOCAL_ACCOUNT}:stack/${stack}/local`,
    'AWS::StackName': stack,
    'AWS::URLSuffix': 'amazonaws.com',
  };
}

/** Host name of a Function URL, of the form that Lambda gives. */
function functionUrlHost(name: string): string {
  const id = createHash('sha256').update(name).digest('hex').slice(0, 32);
  return `${id}.lambda-url.local`;
}
