import { urlEndpoint } from '../contract/edge.ts';
import { problem } from '../core/kernel/problems.ts';
import type { AnyOperation } from './operation.ts';

/**
 * Refuses what another site has a browser do: a browser adds credentials that it remembers to requests of any site.
 * `Sec-Fetch-Site` (W3C Fetch Metadata) cannot be set by a page; browsers without it send `Origin` with every request that
 * changes something. What needs no remembered credentials may come from anywhere.
 * @throws Problem site.foreign
 */
export function refuseForeignSite({ methods, crossSite }: AnyOperation, { headers }: Request): void {
  if (methods.includes('GET') || !isForeign(headers)) return;
  if (crossSite && !headers.has('authorization')) return;
  throw problem('site.foreign', 'Pages of other sites may not make this call from a browser; make it from a server.');
}

/** Either header is enough: a page can forge neither. Another scheme or port is another site, a network's forged page too. */
function isForeign(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  const own = urlEndpoint(headers.get('host') ?? '');
  return (site !== null && site !== 'same-origin' && site !== 'none') || (origin !== null && origin !== own);
}

/** Whether a browser sent the request. It would ask a person for the private key, and remember it, if it were challenged. */
export function isFromBrowser({ headers }: Request): boolean {
  return headers.has('origin') || headers.has('sec-fetch-mode') || headers.has('sec-fetch-site');
}
