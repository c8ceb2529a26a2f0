import '@aws-sdk/signature-v4a';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SSMClient } from '@aws-sdk/client-ssm';
import { EDGE_REGION } from '../../lambda/contract/edge.ts';

/** Clients of everything that is asked, with the credentials that the SDK finds. */
export function awsClients(region: string) {
  const home = { region };
  // CloudFront, its quotas and the prices are in one region, whatever the deployment's is.
  const edge = { region: EDGE_REGION };
  return {
    cloudFormation: new CloudFormationClient(home),
    lambda: new LambdaClient(home),
    // The bucket of a backup may be in another region.
    s3: new S3Client({ ...home, followRegionRedirects: true }),
    secrets: new SecretsManagerClient(home),
    ssm: new SSMClient(edge),
    cloudFront: new CloudFrontClient(edge),
    keyValueStore: new CloudFrontKeyValueStoreClient(edge),
    quotas: new ServiceQuotasClient(edge),
    costs: new CostExplorerClient(edge),
  };
}

export type AwsClients = ReturnType<typeof awsClients>;
