import { GetInvalidationCommand, ListInvalidationsCommand } from '@aws-sdk/client-cloudfront';
import { type Check, judge, ONLY_IN_AWS } from '../check.ts';

/** Amazon CloudFront, "Quotas on invalidations": items in progress at a time. */
const AT_A_TIME = 3_000;

/** The last so many are looked at; the account's bill has the whole month. */
const LOOKED_AT = 100;

export const tagQuota: Check = {
  title: 'Invalidations in progress',
  run: async ({ deployment }) => {
    if (!deployment.aws) return ONLY_IN_AWS;
    const { edge, clients } = deployment.aws;
    const DistributionId = edge.distributionId;
    const { InvalidationList } = await clients.cloudFront.send(
      new ListInvalidationsCommand({ DistributionId, MaxItems: LOOKED_AT }),
    );
    const open = (InvalidationList?.Items ?? []).filter(({ Status }) => Status === 'InProgress');
    let items = 0;
    for (const { Id } of open) {
      const { Invalidation } = await clients.cloudFront.send(new GetInvalidationCommand({ DistributionId, Id }));
      items += Invalidation?.InvalidationBatch?.Paths?.Quantity ?? 0;
    }
    return judge(
      items < AT_A_TIME,
      `${items} items of ${AT_A_TIME} in ${open.length} invalidations`,
      'CloudFront takes the next invalidation at once.',
      'CloudFront takes no more items now; purges wait.',
    );
  },
};
