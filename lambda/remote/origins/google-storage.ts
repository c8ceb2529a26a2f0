import type { GcsOrigin } from '../../core/settings/origins/origin.ts';
import type { FetchOutcome } from '../../core/settings/origins/origin-fetcher.ts';
import { objectPath } from '../../core/settings/origins/origin-url.ts';
import { portOf } from '../guarded-address.ts';
import type { Exchange } from '../guarded-exchange.ts';
import { fetchObject } from './fetch-object.ts';
import { signGoogleQuery } from './google-signature.ts';

/** Long enough for clocks that differ. */
const EXPIRES_SECONDS = 300;

/** Fetches an object of Google Cloud Storage with the key of a service account. */
export async function fetchFromGoogle(
  exchange: Exchange,
  origin: GcsOrigin,
  privateKey: string,
  path: string,
  { endpoint, at }: { readonly endpoint: string; readonly at: Date },
): Promise<FetchOutcome> {
  const base = new URL(endpoint);
  const objectUrlPath = `/${origin.bucket}/${objectPath(origin.prefix, path)}`;
  const query = tryToSign({
    host: base.host,
    path: objectUrlPath,
    clientEmail: origin.clientEmail,
    privateKey,
    at,
    expiresSeconds: EXPIRES_SECONDS,
  });
  if (query === undefined) return { outcome: 'denied' };
  return fetchObject(exchange, {
    url: `${base.origin}${objectUrlPath}?${query}`,
    allowHost: (host) => host === base.hostname,
    port: portOf(base),
    redirects: 0,
  });
}

/** A key that looks like one and is none is the origin's lack of rights, not our fault. */
function tryToSign(request: Parameters<typeof signGoogleQuery>[0]): string | undefined {
  try {
    return signGoogleQuery(request);
  } catch {
    return undefined;
  }
}
