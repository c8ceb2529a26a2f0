import type { WebFolderOrigin } from '../../core/settings/origins/origin.ts';
import type { FetchOutcome } from '../../core/settings/origins/origin-fetcher.ts';
import { objectPath } from '../../core/settings/origins/origin-url.ts';
import { portOf } from '../guarded-address.ts';
import type { Exchange } from '../guarded-exchange.ts';
import { fetchObject } from './fetch-object.ts';

/** Says who asks (ImageKit sends the like), so that an owner can let it through a firewall and out of statistics. */
export const ASKED_BY = { 'x-req-from': 'vitrine' } as const;

/**
 * Fetches from below a base URL. Redirects stay on its host: where else a file may come from is the owner's decision.
 * @param viewerHost sent as Host when the origin wants it; it decides about nothing here
 */
export function fetchFromWebFolder(
  exchange: Exchange,
  origin: WebFolderOrigin,
  path: string,
  viewerHost: string | undefined,
): Promise<FetchOutcome> {
  const base = new URL(origin.baseUrl);
  const forwarded = origin.forwardHostHeaderToOrigin && viewerHost ? { host: viewerHost } : {};
  return fetchObject(exchange, {
    url: `${base.href.replace(/\/+$/, '')}/${objectPath('', path)}`,
    headers: { ...ASKED_BY, ...forwarded },
    allowHost: (host) => host === base.hostname,
    port: portOf(base),
  });
}
