import { isHostName, isObject } from './config-values.ts';

/** A public zone of Route 53, of the deployment's account. */
export interface HostedZone {
  /** Such as Z0123456789ABCDEFGHIJ. */
  readonly id: string;
  /** The domain that it is of, without a dot at the end. */
  readonly name: string;
}

/** Hosts of the owner's own. */
export interface OwnDomain {
  readonly name: string;
  /** Further hosts that answer alike. @default none */
  readonly otherNames?: readonly string[];
  /** Of an ACM certificate in us-east-1 that covers every name. @default one is requested, and proved in the hosted zones */
  readonly certificateArn?: string;
  /** Where the names are, so that the stack sets their records. @default the owner sets them */
  readonly hostedZones?: readonly HostedZone[];
}

/** Hosts of media. */
export interface MediaDomain extends OwnDomain {
  /** Further hosts, which URL endpoints may have to themselves. @default none */
  readonly otherNames?: readonly string[];
}

export const ZONES_RULE =
  'a list of 1 to 20 hosted zones, each { "id": such as Z0123456789ABCDEFGHIJ, "name": its domain }';

export function areHostedZones(value: unknown): boolean {
  if (!Array.isArray(value) || value.length < 1 || value.length > 20 || !value.every(isHostedZone)) return false;
  return new Set(value.map(({ name }) => name)).size === value.length;
}

function isHostedZone(value: unknown): value is HostedZone {
  if (!isObject(value)) return false;
  const { id, name, ...rest } = value;
  return Object.keys(rest).length === 0 && typeof id === 'string' && /^Z[A-Z0-9]{4,31}$/.test(id) && isHostName(name);
}

/** Every host of a domain, the first one first. */
export const hostsOf = ({ name, otherNames = [] }: OwnDomain): readonly string[] => [name, ...otherNames];

/** The zone that a host's records belong into: of several that it is in, the longest. */
export function zoneOf(host: string, zones: readonly HostedZone[] = []): HostedZone | undefined {
  const within = zones.filter(({ name }) => host === name || host.endsWith(`.${name}`));
  return within.sort((one, other) => other.name.length - one.name.length)[0];
}

interface Domains {
  readonly mediaDomain?: MediaDomain;
  readonly apiDomain?: OwnDomain;
}

/** A certificate is given only to who proves that every name is theirs. */
export function unprovenNames({ mediaDomain, apiDomain }: Domains): string[] {
  return Object.entries({ mediaDomain, apiDomain }).flatMap(([key, domain]) => {
    if (!domain || domain.certificateArn !== undefined) return [];
    const outside = hostsOf(domain).filter((host) => !zoneOf(host, domain.hostedZones));
    if (outside.length === 0) return [];
    return [
      `"${key}.certificateArn" is missing, and a certificate for ${outside.join(', ')} cannot be requested: "${key}.hostedZones" has no zone of it. Name the zone, or request a certificate with "npx vitrine domain add".`,
    ];
  });
}

/** What users upload must not share an origin with the API and the sessions of its people. */
export function sharedHosts({ mediaDomain, apiDomain }: Domains): string[] {
  if (!mediaDomain || !apiDomain) return [];
  const shared = hostsOf(apiDomain).filter((host) => hostsOf(mediaDomain).includes(host));
  return shared.map(
    (host) =>
      `"apiDomain.${host === apiDomain.name ? 'name' : 'otherNames'}" ${host === apiDomain.name ? 'is' : 'has'} ${host}, which is a host of media. The API needs a host of its own.`,
  );
}
