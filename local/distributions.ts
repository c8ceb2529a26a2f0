import { type PlannedResource, StartFault } from 'local-cloud';

/** Logical ids begin with the path of the construct in the edge stack. */
const API = 'ApiCdn';

/** Whether a distribution is that of the API; the other one is that of media. */
export const isOfApi = (logicalId: string): boolean => logicalId.startsWith(API);

/** One port has room for one distribution. @throws StartFault */
export function requireOneEach(resources: readonly PlannedResource[]): void {
  const ids = resources.filter(({ type }) => type === 'AWS::CloudFront::Distribution').map((one) => one.logicalId);
  const apis = ids.filter(isOfApi);
  if (apis.length === 1 && ids.length === 2) return;
  throw new StartFault(
    `This machine runs one region: a distribution of media and one of the API. The cloud assembly has ${ids.length - apis.length} and ${apis.length}.`,
  );
}
