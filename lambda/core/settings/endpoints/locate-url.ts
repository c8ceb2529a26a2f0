import type { EndpointSettings } from '../../../contract/edge.ts';
import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import { findEndpoint } from '../../request/judge-url.ts';
import type { Endpoint } from './endpoint.ts';
import { withDefault } from './endpoint.ts';
import { endpointEntries, settingsOf } from './endpoint-entries.ts';
import { regionOf } from './endpoint-region.ts';

/** A media URL that somebody asks about, as it would arrive. */
export interface LocatedUrl {
  /** Id of the endpoint. */
  readonly endpoint: string;
  readonly settings: EndpointSettings;
  /** Raw, without the endpoint's prefix. */
  readonly path: string;
  /** Raw, without `?`. */
  readonly query: string;
}

/** @throws Problem url.foreign for what is no media URL of this deployment, or one of another region */
export type LocateUrl = (text: string) => Promise<LocatedUrl>;

export interface LocateUrlDeps {
  readonly mediaHost: () => Promise<string>;
  /** Whose library is asked. */
  readonly region: string;
  readonly home: string;
  readonly list: () => Promise<readonly Endpoint[]>;
}

/** Finds the endpoint of a media URL as the edge would. */
export function urlLocator({ mediaHost, region, home, list }: LocateUrlDeps): LocateUrl {
  return async (text) => {
    const match = /^https?:\/\/([^/?#]+)(\/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$/i.exec(text);
    const [main, endpoints] = await Promise.all([mediaHost(), list().then(withDefault)]);
    const host = match?.[1]?.toLowerCase() ?? '';
    if (host !== main.toLowerCase() && !endpoints.some(({ hosts }) => hosts.includes(host.replace(/:\d+$/, '')))) {
      throw problem('url.foreign', `url must be a URL of ${main} or of a host of an endpoint.`);
    }
    const entries = endpointEntries(endpoints);
    const address = { host, path: escaped(match?.[2] ?? '/'), query: escaped(match?.[3] ?? '') };
    if (address.path.length + address.query.length >= LIMITS.urlBytes) {
      throw problem('url.too-long', `A media URL may have at most ${LIMITS.urlBytes} bytes.`);
    }
    const { id, path } = await findEndpoint(async (key) => entries.get(key), address);
    const endpoint = endpoints.find((one) => one.id === id) as Endpoint;
    const place = regionOf(endpoint, home);
    if (place !== region) throw problem('url.foreign', `url is one of the region ${place}; ask the API there.`);
    return { endpoint: id, settings: settingsOf(endpoint), path, query: address.query };
  };
}

/** People paste what browsers show: spaces and letters beyond ASCII travel escaped. */
const escaped = (text: string): string =>
  text.replace(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(part.toWellFormed()));
