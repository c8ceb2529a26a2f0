import { DescribeFunctionCommand, GetDistributionConfigCommand, TestFunctionCommand } from '@aws-sdk/client-cloudfront';
import { type Check, judge, ONLY_IN_AWS } from '../check.ts';

/** Above this share of the allowance, some requests would be refused (Amazon CloudFront, "Compute utilization"). */
const SAFE_PERCENT = 80;

export const processorTime: Check = {
  number: 10,
  title: 'Processor time',
  run: async ({ deployment, sample }) => {
    if (!deployment.aws) return ONLY_IN_AWS;
    const { edge, clients } = deployment.aws;
    const { DistributionConfig } = await clients.cloudFront.send(
      new GetDistributionConfigCommand({ Id: edge.distributionId }),
    );
    const associations = DistributionConfig?.DefaultCacheBehavior?.FunctionAssociations?.Items ?? [];
    const arn = associations.find(({ EventType }) => EventType === 'viewer-request')?.FunctionARN ?? '';
    const Name = arn.split('/').at(-1);
    const { ETag } = await clients.cloudFront.send(new DescribeFunctionCommand({ Name, Stage: 'LIVE' }));
    const { TestResult } = await clients.cloudFront.send(
      new TestFunctionCommand({
        Name,
        IfMatch: ETag,
        Stage: 'LIVE',
        EventObject: eventFor(edge.mediaHost, sample.path),
      }),
    );
    const percent = Number(TestResult?.ComputeUtilization);
    const problem = TestResult?.FunctionErrorMessage ?? '';
    return judge(
      percent <= SAFE_PERCENT && problem === '',
      `${percent} % of the allowance`,
      'The viewer-request function stays below its allowance.',
      `The viewer-request function takes more than ${SAFE_PERCENT} % of its allowance. ${problem}`,
    );
  },
};

/** A viewer's request (Amazon CloudFront, "CloudFront Functions event structure"). */
function eventFor(host: string, uri: string): Uint8Array {
  const request = {
    method: 'GET',
    uri,
    querystring: { tr: { value: 'w-210,h-140,fo-auto' } },
    headers: { host: { value: host }, accept: { value: 'image/avif,image/webp,*/*' } },
    cookies: {},
  };
  const event = { version: '1.0', context: { eventType: 'viewer-request' }, viewer: { ip: '192.0.2.1' }, request };
  return Buffer.from(JSON.stringify(event));
}
