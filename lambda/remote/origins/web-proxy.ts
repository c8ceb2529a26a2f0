import { matchesHost } from '../../core/settings/origins/host-pattern.ts';
import type { WebProxyOrigin } from '../../core/settings/origins/origin.ts';
import type { FetchOutcome } from '../../core/settings/origins/origin-fetcher.ts';
import { proxiedUrl } from '../../core/settings/origins/origin-url.ts';
import type { Exchange } from '../guarded-exchange.ts';
import { fetchObject } from './fetch-object.ts';
import { ASKED_BY } from './web-folder.ts';

/** Fetches the URL that the asset path is, from hosts of the origin's list, at every redirect. */
export async function fetchThroughProxy(
  exchange: Exchange,
  origin: WebProxyOrigin,
  path: string,
): Promise<FetchOutcome> {
  const url = proxiedUrl(path);
  if (url === undefined) return { outcome: 'missing' };
  return fetchObject(exchange, { url, headers: ASKED_BY, allowHost: (host) => matchesHost(origin.allowedHosts, host) });
}
