import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import { StartFault } from '../../start-fault.ts';
import { makeDistribution, type RunningDistribution } from './distribution.ts';
import { invalidationApi } from './invalidation-api.ts';
import { CLOUDFRONT_RESOURCE_TYPES } from './properties.ts';

/** CloudFront itself says under 5 seconds in 95 of 100 cases (AWS, "Invalidating content by cache tags", announcement). */
const INVALIDATION_SECONDS = 5;

/** The distribution of the assembly, if it has one. */
export const DISTRIBUTION = offerOf<RunningDistribution>('the distribution');

export const cloudfront: Service = {
  name: 'cloudfront',
  resourceTypes: CLOUDFRONT_RESOURCE_TYPES,
  sdkEndpoints: ['CLOUDFRONT'],
  start: (cloud) => {
    const [resource, ...others] = cloud.resources('AWS::CloudFront::Distribution');
    // One port has room for one.
    if (others.length > 0) {
      throw new StartFault(`The local cloud serves one distribution; the cloud assembly has ${1 + others.length}.`);
    }
    if (!resource) return;
    const distribution = makeDistribution(resource, cloud);
    cloud.atEnd(() => distribution.cdn.close());
    cloud.offer(DISTRIBUTION, distribution);
    cloud.apis.add(
      invalidationApi(
        (id, items) => {
          if (id === distribution.id) distribution.cdn.invalidate(items);
          return id === distribution.id;
        },
        { seconds: INVALIDATION_SECONDS },
      ),
    );
  },
};
