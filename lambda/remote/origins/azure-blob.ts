import type { AzureBlobOrigin } from '../../core/settings/origins/origin.ts';
import type { FetchOutcome } from '../../core/settings/origins/origin-fetcher.ts';
import { objectPath } from '../../core/settings/origins/origin-url.ts';
import { portOf } from '../guarded-address.ts';
import type { Exchange } from '../guarded-exchange.ts';
import { fetchObject } from './fetch-object.ts';

/**
 * Fetches a blob with a shared access signature (Azure, "Get Blob"). The signature is a part of the URL, so redirects
 * are not followed.
 * @param endpoint base URL of the storage account
 */
export function fetchFromAzure(
  exchange: Exchange,
  origin: AzureBlobOrigin,
  sasToken: string,
  path: string,
  endpoint: string,
): Promise<FetchOutcome> {
  const base = new URL(endpoint);
  // The portal shows the signature with a question mark, or as a whole URL.
  const query = sasToken.slice(sasToken.indexOf('?') + 1);
  return fetchObject(exchange, {
    url: `${base.href.replace(/\/+$/, '')}/${origin.container}/${objectPath(origin.prefix, path)}?${query}`,
    headers: { 'x-ms-version': '2021-12-02' },
    allowHost: (host) => host === base.hostname,
    port: portOf(base),
    redirects: 0,
  });
}
