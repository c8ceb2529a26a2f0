import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SSMClient } from '@aws-sdk/client-ssm';
import { expect, inject, it } from 'vitest';
import type { AwsClients } from '../../cli/doctor/aws-clients.ts';
import type { DoctorDeps } from '../../cli/doctor/check.ts';
import { keyValueStore } from '../../cli/doctor/checks/key-value-store.ts';
import { lambdaConcurrency } from '../../cli/doctor/checks/lambda-concurrency.ts';
import { tagQuota } from '../../cli/doctor/checks/tag-quota.ts';
import { findInAws } from '../../cli/doctor/find-in-aws.ts';
import { EDGE_REGION } from '../../lambda/contract/edge.ts';
import { keyValueStoreClient, REGION, reach } from './clients.ts';
import { ownerCredentials } from './owner-credentials.ts';

/* The doctor's questions to an account, asked of the emulator by the same clients. */
function clients(): AwsClients {
  const { endpoint } = inject('deployment');
  const home = reach(endpoint, REGION);
  const edge = reach(endpoint, EDGE_REGION);
  return {
    cloudFormation: new CloudFormationClient(home),
    lambda: new LambdaClient(home),
    s3: new S3Client({ ...home, forcePathStyle: true }),
    secrets: new SecretsManagerClient(home),
    ssm: new SSMClient(edge),
    cloudFront: new CloudFrontClient(edge),
    keyValueStore: keyValueStoreClient(endpoint),
    quotas: new ServiceQuotasClient(edge),
    costs: new CostExplorerClient(edge),
  };
}

it('the doctor finds the deployment by its stacks', async () => {
  const { edge } = inject('deployment');
  const found = await findInAws('vitrine', REGION, clients());

  expect(found).toMatchObject({
    media: edge.outputs.MediaUrl,
    api: edge.outputs.ApiUrl,
    privateKey: (await ownerCredentials()).privateKey,
  });
  await expect(findInAws('other', REGION, clients())).rejects.toThrow('The deployment of the stack other-eu-west-1');
});

it.each([lambdaConcurrency, keyValueStore, tagQuota].map((check) => [check.title, check] as const))(
  'the doctor asks an account: %s',
  async (_, check) => {
    const deployment = await findInAws('vitrine', REGION, clients());

    expect(await check.run({ deployment } as DoctorDeps)).toMatchObject({
      state: 'ok',
      measured: expect.stringMatching(/\d/),
    });
  },
);
