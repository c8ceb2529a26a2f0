import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import '@aws-sdk/signature-v4a';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { LambdaClient } from '@aws-sdk/client-lambda';
import './localhost-names.cjs';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { WAFV2Client } from '@aws-sdk/client-wafv2';
import { EDGE_REGION } from '../../lambda/contract/edge.ts';
import { ROOT } from './ministack.ts';

/** The home region of the deployment that is made in the emulator, and the other one. */
export const REGION = 'eu-west-1';
export const AWAY = 'us-west-2';
export type EmulatedRegion = typeof REGION | typeof AWAY;

/** What an SDK client needs to reach the emulator; as the account's root, unless it is told otherwise. */
export function reach(endpoint: string, region: string, credentials: Credentials = ROOT) {
  return { endpoint, region, credentials, maxAttempts: 1 };
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Clients of the account's root, with which a deployment is made and looked at. */
export function rootClients(endpoint: string, region: string) {
  const target = reach(endpoint, region);
  return {
    cloudFormation: new CloudFormationClient(target),
    lambda: new LambdaClient(target),
    s3: new S3Client({ ...target, forcePathStyle: true }),
    secrets: new SecretsManagerClient(target),
    waf: new WAFV2Client(reach(endpoint, EDGE_REGION)),
  };
}

export type RootClients = ReturnType<typeof rootClients>;

/** Its calls are signed with SigV4a. */
export function keyValueStoreClient(endpoint: string, credentials: Credentials = ROOT): CloudFrontKeyValueStoreClient {
  const { port } = new URL(endpoint);
  // It puts the account before the host, which an address cannot have.
  return new CloudFrontKeyValueStoreClient(reach(`http://localhost:${port}`, EDGE_REGION, credentials));
}
