import type { Endpoint } from '../../core/settings/endpoints/endpoint.ts';
import type { ItemReads } from '../signed-http/dynamo-items.lean.ts';
import { ENDPOINT_KEY } from './accounts-keys.lean.ts';

/** The URL endpoints that somebody made or changed, read without SDK and ElectroDB. */
export async function listEndpointItems(accounts: ItemReads): Promise<readonly Endpoint[]> {
  return (await accounts.query(ENDPOINT_KEY.partition)).map(({ settings }) => {
    if (settings?.S === undefined) throw new Error('An endpoint in the accounts table is damaged.');
    return JSON.parse(settings.S) as Endpoint;
  });
}
