import type { EndpointSettings } from '../../contract/edge.ts';
import { DEFAULT_ENDPOINT, endpointSettingsKey, HOST_KEY, PREFIX_KEY, SIGNING_KEYS_KEY } from '../../contract/edge.ts';
import { URL_BYTES } from '../../contract/limits.ts';
import type { CanonicalUrl, UnreadableUrl } from './canonical-url.ts';
import { refuse } from './canonical-url.ts';
import { checkSignature } from './dialects/imagekit/check-signature.ts';
import { readCanonicalUrl } from './read-canonical-url.ts';
import type { EdgeKey } from './signature-check.ts';

/**
 * Whose URL it is and whether it may be asked for: endpoint, signature, expiry. Decided at the edge before the cache, on
 * every request, and again in the transformer, by the same code on the same entries.
 */

/** A value of the edge's settings; undefined when there is none. */
export type ReadSetting = (key: string) => Promise<string | undefined>;

export interface MediaAddress {
  /** The `Host` that the viewer asked; empty when it is not known. */
  readonly host: string;
  /** As received, with the endpoint's prefix. */
  readonly path: string;
  /** As received, without `?`. */
  readonly query: string;
}

/** A URL that may be asked for. */
export interface AdmittedUrl {
  readonly refusal?: undefined;
  readonly url: CanonicalUrl;
  /** Id of the endpoint. */
  readonly endpoint: string;
  readonly settings: EndpointSettings;
  /** `signed` with a valid signature only. */
  readonly access: 'open' | 'signed';
  /** Id of the key that signed; empty for an unsigned URL. */
  readonly key: string;
}

export interface RefusedUrl {
  readonly refusal: UnreadableUrl['refusal'] | 401 | 503;
  readonly reason: string;
}

/** One text for every failure: it says nothing of which rule failed. */
export const SIGNATURE_NEEDED = 'The URL needs a valid signature.';

/**
 * @param now seconds since 1970
 * @throws when the settings lack what they promised; the caller refuses
 */
export async function judgeUrl(
  read: ReadSetting,
  address: MediaAddress,
  now: number,
  hmacSha1: (key: string, text: string) => string,
): Promise<AdmittedUrl | RefusedUrl> {
  const place = await findEndpoint(read, address);
  const found = await read(endpointSettingsKey(place.id));
  const settings: EndpointSettings = JSON.parse(found || '{}');
  const url = readCanonicalUrl(place.path, address.query, URL_BYTES, settings);
  if (url.refusal) return url;
  // Fails closed: without its settings an endpoint does not deliver.
  if (settings.paused !== false) return refuse(503, 'Delivery is paused by the owner.');

  // Without keys no signature is valid.
  const keys = /ik-[st]/.test(address.query) && (await read(SIGNING_KEYS_KEY));
  const known = JSON.parse(keys || '[]') as EdgeKey[];
  const check = checkSignature(address.path, address.query, place.prefix, known, now, hmacSha1);
  const unsigned = check.verdict === 'unsigned';
  // The bare URL is a free form, too: it shows the picture without what the owner's names put on it.
  const mayBeUnsigned = !settings.signed && (!settings.named || isNamedByOwner(url));
  if (unsigned ? !mayBeUnsigned : check.verdict !== 'valid') return refuse(401, SIGNATURE_NEEDED);
  return {
    url: url,
    endpoint: place.id,
    settings: settings,
    access: unsigned ? 'open' : 'signed',
    key: check.key,
  };
}

export interface EndpointPlace {
  /** Id of the endpoint. */
  readonly id: string;
  /** Its prefix when the path has it, else empty. */
  readonly prefix: string;
  /** The path without the prefix. */
  readonly path: string;
}

/** The endpoint of an address: the one that has its host to itself, else the one whose prefix it has, else the default. */
export async function findEndpoint(read: ReadSetting, address: MediaAddress): Promise<EndpointPlace> {
  let id = await read(HOST_KEY + address.host.toLowerCase().replace(/:\d+$/, ''));
  let prefix = '';
  const prefixed = /^\/([A-Za-z0-9-]{1,100})(\/|$)/.exec(address.path);
  if (!id && prefixed) {
    id = await read(PREFIX_KEY + prefixed[1]);
    if (id) prefix = prefixed[1] as string;
  }
  return {
    id: id || DEFAULT_ENDPOINT,
    prefix: prefix,
    path: prefix ? address.path.slice(prefix.length + 1) || '/' : address.path,
  };
}

/**
 * Whether a URL asks for what the owner has named and nothing else: `n-name`, or `/t_name` of Cloudinary, which may have a
 * version behind it. The names that every account has are not the owner's (built-in-names.ts): a thumbnail has no
 * watermark.
 */
export function isNamedByOwner(url: CanonicalUrl): boolean {
  return (
    !url.original &&
    /^(?=.*[-_])(\/t_(?!ik_|media_library_)\w+)*(\/v\d+)?,(n-(?!ik_|media_library_)\w+,?)*$/.test(
      `${url.foreign || ''},${url.steps}`,
    )
  );
}
