import { AWS_API_RESOURCE_SPECS } from '../aws-apis/properties.ts';
import { CDN_RESOURCE_SPECS } from '../cdn/properties.ts';
import { DYNAMODB_RESOURCE_SPECS } from '../dynamodb/properties.ts';
import { EVENT_RESOURCE_SPECS } from '../events/properties.ts';
import { HTTP_API_RESOURCE_SPECS } from '../http-api/properties.ts';
import { LAMBDA_RESOURCE_SPECS } from '../lambda/properties.ts';
import type { ResourceSpec } from '../property-spec.ts';
import { S3_RESOURCE_SPECS } from '../s3/properties.ts';
import { WAF_RESOURCE_SPECS } from '../waf/properties.ts';
import type { Catalogue } from './plan-assembly.ts';

const SERVICES: readonly (readonly ResourceSpec[])[] = [
  AWS_API_RESOURCE_SPECS,
  CDN_RESOURCE_SPECS,
  DYNAMODB_RESOURCE_SPECS,
  EVENT_RESOURCE_SPECS,
  HTTP_API_RESOURCE_SPECS,
  LAMBDA_RESOURCE_SPECS,
  S3_RESOURCE_SPECS,
  WAF_RESOURCE_SPECS,
];

const NO_IAM = 'Rights are not evaluated on this machine; the template tests hold them.';

/** Everything that the local cloud knows. A type in neither list stops the start. */
export const CATALOGUE: Catalogue = {
  run: new Map(SERVICES.flat().map((spec) => [spec.type, spec])),
  cloudFormationOnly: {
    'AWS::CDK::Metadata': 'It tells AWS which constructs were used.',
    'AWS::IAM::Policy': NO_IAM,
    'AWS::IAM::Role': NO_IAM,
    'AWS::Logs::LogGroup': 'All functions write into one log file.',
  },
};
