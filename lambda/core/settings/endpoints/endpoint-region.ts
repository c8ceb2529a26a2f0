import { problem } from '../../kernel/problems.ts';
import type { Endpoint } from './endpoint.ts';

/** The regions of a deployment. */
export interface DeploymentRegions {
  /** Where the account's settings are, and endpoints that name no region. */
  readonly home: string;
  readonly all: () => Promise<readonly string[]>;
}

/** Where the files of an endpoint are. */
export const regionOf = ({ region }: Pick<Endpoint, 'region'>, home: string): string => region ?? home;

/**
 * The member `region` of a new endpoint; the home region is not repeated in it.
 * @throws Problem endpoint.invalid with the regions that there are
 */
export async function regionOfNew(
  { home, all }: DeploymentRegions,
  asked: string | null | undefined,
): Promise<Pick<Endpoint, 'region'>> {
  if (asked === undefined || asked === null || asked === home) return {};
  const known = await all();
  if (known.includes(asked)) return { region: asked };
  const quoted = asked.slice(0, 60);
  throw problem('endpoint.invalid', `The deployment is not in the region "${quoted}"; it is in ${known.join(', ')}.`);
}

/**
 * An endpoint stays where its files are.
 * @throws Problem endpoint.invalid with what can be done instead
 */
export function refuseOtherRegion(endpoint: Endpoint, asked: string | null | undefined, home: string): void {
  const region = regionOf(endpoint, home);
  if (asked === undefined || asked === null || asked === region) return;
  throw problem(
    'endpoint.invalid',
    `The endpoint's files are in ${region}, and an update does not change its region: npx vitrine endpoint migrate does, and moves the files.`,
  );
}

/**
 * Where the files of a region are delivered: at home under the host of media, elsewhere under the prefix of the region's
 * first endpoint. A region that no endpoint belongs to delivers nothing yet.
 * @param endpoints from the oldest to the newest
 */
export function mediaPlaceOf(mediaHost: string, endpoints: readonly Endpoint[], region: string, home: string): string {
  const first = region === home ? undefined : endpoints.find((one) => regionOf(one, home) === region);
  return first ? `${mediaHost}/${first.urlPrefix}` : mediaHost;
}
