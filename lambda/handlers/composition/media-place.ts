import { listEndpointItems } from '../../adapters/accounts-table/endpoint-list.lean.ts';
import { cached } from '../../adapters/cached.lean.ts';
import type { ItemReads } from '../../adapters/signed-http/dynamo-items.lean.ts';
import { dynamoItems } from '../../adapters/signed-http/dynamo-items.lean.ts';
import { requireRegion } from '../../adapters/signed-http/service-endpoint.lean.ts';
import type { EdgeDescription } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { withDefault } from '../../core/settings/endpoints/endpoint.ts';
import { mediaPlaceOf, regionOf } from '../../core/settings/endpoints/endpoint-region.ts';
import { SETTINGS_MEMORY } from '../../core/settings/settings-memory.ts';

/**
 * Host of media, with the prefix under which this region's files are delivered.
 * @param items of the account, as far as they can be read. @default from the home region alone
 */
export function composeMediaPlace(edge: () => Promise<EdgeDescription>, items?: ItemReads): () => Promise<string> {
  const region = requireRegion(process.env);
  const home = requireEnvironment(ENVIRONMENT.accountsRegion);
  if (region === home) return async () => (await edge()).mediaHost;
  const accounts =
    items ?? dynamoItems({ ...process.env, AWS_REGION: home }, requireEnvironment(ENVIRONMENT.accountsTable));
  const read = async () => withDefault(await listEndpointItems(accounts));
  const remembered = cached(read, SETTINGS_MEMORY);
  return async () => {
    const endpoints = await remembered();
    const isPlaced = endpoints.some((one) => regionOf(one, home) === region);
    // The region's first endpoint may be seconds old: whoever made it expects URLs that work.
    return mediaPlaceOf((await edge()).mediaHost, isPlaced ? endpoints : await read(), region, home);
  };
}
