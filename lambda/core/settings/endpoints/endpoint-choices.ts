import { domainToASCII } from 'node:url';
import { DEFAULT_ENDPOINT } from '../../../contract/edge.ts';
import { problem } from '../../kernel/problems.ts';
import type { EndpointChoices } from './endpoint.ts';
import { ENDPOINT_DEFAULTS } from './endpoint.ts';

const invalid = (message: string) => problem('endpoint.invalid', message);

/** An endpoint as a caller asks for it. What is missing or null has its default, also in an update, which replaces all of it. */
export type EndpointInput = Pick<EndpointChoices, 'description'> & {
  readonly [Name in keyof typeof ENDPOINT_DEFAULTS]?: EndpointChoices[Name] | null | undefined;
} & {
  readonly region?: string | null | undefined;
  /** In an update, what is left out stays: nobody unlocks an endpoint without saying so. */
  readonly residencyLock?: boolean | null | undefined;
};

/**
 * @param id of the endpoint; the default one has no prefix and every other one has
 * @throws Problem endpoint.invalid with the allowed values
 */
export function toEndpointChoices({ region: _, ...input }: EndpointInput, id: string): EndpointChoices {
  const given = Object.entries(input).filter(([, value]) => value !== undefined && value !== null);
  const choices = { ...ENDPOINT_DEFAULTS, ...Object.fromEntries(given) } as unknown as EndpointChoices;
  refusePrefix(choices.urlPrefix, id);
  if (new Set(choices.origins).size < choices.origins.length) throw invalid('origins names an origin twice.');
  return { ...choices, hosts: [...new Set(choices.hosts.map(toHost))] };
}

/** Not what begins paths that mean something else: a transformation, a name for search engines. */
function refusePrefix(prefix: string, id: string): void {
  if (id === DEFAULT_ENDPOINT) {
    if (prefix !== '') throw invalid('The default endpoint has no urlPrefix.');
  } else if (!/^[A-Za-z0-9-]{1,100}$/.test(prefix) || prefix === 'ik-seo') {
    throw invalid('urlPrefix must have 1 to 100 letters, digits and hyphens, and not be ik-seo.');
  }
}

/** International names in the ASCII form that browsers send. */
function toHost(text: string): string {
  const host = domainToASCII(text);
  if (/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/.test(host)) return host;
  throw invalid(`"${text.slice(0, 60)}" is no host name; write images.example.com, without scheme, port and path.`);
}

/** Every host that the distribution answers, without port; undefined while that is not known. */
export type DistributionHosts = () => Promise<readonly string[] | undefined>;

/**
 * Refuses hosts at which the endpoint would never be asked: the distribution answers 403 to a host that it does not know.
 * @throws Problem endpoint.invalid with the hosts that there are
 */
export async function refuseUnknownHosts(read: DistributionHosts, hosts: readonly string[]): Promise<void> {
  if (hosts.length === 0) return;
  const known = await read();
  const unknown = known && hosts.find((host) => !isKnown(host, known));
  if (unknown === undefined) return;
  throw invalid(
    `The distribution does not know the host ${unknown}. It knows ${known?.join(', ')}; the configuration has more of them in mediaDomain.otherNames.`,
  );
}

/** A distribution on one machine knows every name of it (RFC 6761, section 6.3); no other one has the name localhost. */
const isKnown = (host: string, known: readonly string[]): boolean =>
  known.includes(host) || (known.includes('localhost') && host.endsWith('.localhost'));
