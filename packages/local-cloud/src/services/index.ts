import type { Service } from '../service/service.ts';
import { budgets } from './budgets/service.ts';
import { cdk } from './cdk/service.ts';
import { certificateManager } from './certificate-manager/service.ts';
import { cloudfront } from './cloudfront/service.ts';
import { cloudwatch } from './cloudwatch/service.ts';
import { cognito } from './cognito/service.ts';
import { dynamodb } from './dynamodb/service.ts';
import { eventSourceMapping } from './event-source-mapping/service.ts';
import { events } from './events/service.ts';
import { functionUrl } from './function-url/service.ts';
import { httpApi } from './http-api/service.ts';
import { iam } from './iam/service.ts';
import { keyValueStore } from './key-value-store/service.ts';
import { kms } from './kms/service.ts';
import { lambda } from './lambda/service.ts';
import { logs } from './logs/service.ts';
import { route53 } from './route-53/service.ts';
import { s3 } from './s3/service.ts';
import { secrets } from './secrets-manager/service.ts';
import { ses } from './ses/service.ts';
import { sns } from './sns/service.ts';
import { sqs } from './sqs/service.ts';
import { sts } from './sts/service.ts';
import { parameters } from './systems-manager/service.ts';
import { waf } from './waf/service.ts';
import { webFunction } from './web-function/service.ts';

/** Every service, in the order in which they start: a service finds what those before it offer. */
export const SERVICES: readonly Service[] = [
  s3,
  cloudwatch,
  dynamodb,
  kms,
  secrets,
  parameters,
  ses,
  sqs,
  cognito,
  sts,
  waf,
  keyValueStore,
  lambda,
  eventSourceMapping,
  functionUrl,
  webFunction,
  httpApi,
  cloudfront,
  events,
  sns,
  budgets,
  cdk,
  iam,
  logs,
  certificateManager,
  route53,
];
