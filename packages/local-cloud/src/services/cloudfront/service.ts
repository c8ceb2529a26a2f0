import { offerOf } from '../../service/offer.ts';
import type { Service } from '../../service/service.ts';
import { StartFault } from '../../start-fault.ts';
import { makeDistribution, type RunningDistribution } from './distribution.ts';
import { invalidationApi } from './invalidation-api.ts';
import { CLOUDFRONT_RESOURCE_TYPES } from './properties.ts';

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
      invalidationApi((id, paths) => {
        if (id === distribution.id) distribution.cdn.invalidate(paths);
        return id === distribution.id;
      }),
    );
  },
};
