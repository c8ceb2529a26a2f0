import { type Assembly, StartFault } from 'local-cloud';

/** Logical ids begin with the path of the construct in the edge stack, which is followed by the region. */
const API = 'ApiCdn';

/** Whether a distribution is that of an API; the other one is that of media. */
export const isOfApi = (logicalId: string): boolean => logicalId.startsWith(API);

/** The distribution before a region's API. */
export interface ApiDistribution {
  readonly logicalId: string;
  readonly region: string;
}

/** Those of an assembly's APIs, the home region's first. @throws StartFault unless there is one of media and one of an API */
export function apiDistributions({ stacks }: Assembly): readonly [ApiDistribution, ...ApiDistribution[]] {
  const resources = [...stacks.values()].flatMap((stack) => [...stack.resources.values()]);
  const ids = resources.filter(({ type }) => type === 'AWS::CloudFront::Distribution').map((one) => one.logicalId);
  const regions = [...stacks.values()].map(({ region }) => region);
  const [home, ...others] = ids
    .filter(isOfApi)
    .map((logicalId) => ({ logicalId, region: regionIn(logicalId, regions) }));
  const media = ids.length - others.length - 1;
  if (home && media === 1) return [home, ...others];
  throw new StartFault(
    `This machine runs a distribution of media and one of each API. The cloud assembly has ${ids.filter((id) => !isOfApi(id)).length} and ${ids.filter(isOfApi).length}.`,
  );
}

function regionIn(logicalId: string, regions: readonly string[]): string {
  return regions.find((region) => logicalId.startsWith(API + region.replaceAll('-', ''))) ?? '';
}
