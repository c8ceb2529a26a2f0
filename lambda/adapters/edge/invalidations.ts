import type { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CreateInvalidationCommand, GetInvalidationCommand } from '@aws-sdk/client-cloudfront';
import type { Invalidations } from '../../core/purge/invalidate.ts';

/** Answers after which the same may be asked again: others are in progress, or asked at the same time. */
const LATER = ['TooManyInvalidationsInProgress', 'Throttling', 'ThrottlingException', 'TooManyRequestsException'];

/** Invalidations of the media distribution by cache tag. */
export function cloudFrontInvalidations(
  client: CloudFrontClient,
  distributionId: () => Promise<string>,
): Invalidations {
  return {
    create: async (tags, CallerReference) => {
      const Items = tags.map((tag) => `#${tag}`);
      const InvalidationBatch = { CallerReference, Paths: { Quantity: Items.length, Items } };
      const DistributionId = await distributionId();
      try {
        const answer = await client.send(new CreateInvalidationCommand({ DistributionId, InvalidationBatch }));
        return answer.Invalidation?.Id ?? '';
      } catch (error) {
        if (error instanceof Error && LATER.includes(error.name)) return undefined;
        throw error;
      }
    },
    /** CloudFront forgets old invalidations; those are long done. */
    isComplete: async (Id) => {
      try {
        const command = new GetInvalidationCommand({ DistributionId: await distributionId(), Id });
        return (await client.send(command)).Invalidation?.Status === 'Completed';
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchInvalidation') return true;
        throw error;
      }
    },
  };
}
