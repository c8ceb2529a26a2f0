import type { LookupAddress } from 'node:dns';
import type { BlockList } from 'node:net';
import { isIP } from 'node:net';
import { RemoteFault } from './remote-fault.ts';
import { isPublicAddress } from './special-addresses.ts';

/** Finds all addresses of a host name. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** Ports of ordinary web servers. Others would let a client probe what else listens at a public address. */
const WEB_PORTS = [80, 443];

export interface AddressRules {
  /** Addresses that may be reached although they are not public, on any port. */
  readonly exceptions: BlockList;
  /** A port beside the web's, because the owner configured it. */
  readonly port?: number | undefined;
}

/**
 * Decides where a URL may be fetched from, and from which address. Every address of the name must be allowed, not just
 * one: otherwise a name with a public and a private address gets through by luck. The caller connects to the returned
 * address itself, so a name that resolves differently a moment later (DNS rebinding) gains nothing.
 * @throws RemoteFault forbidden, or broken for a name without address
 */
export async function guardedAddress(url: URL, resolve: Resolve, rules: AddressRules): Promise<LookupAddress> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const addresses = family ? [{ address: host, family }] : await resolveHost(host, resolve);
  const excepted = ({ address, family }: LookupAddress) =>
    rules.exceptions.check(address, family === 6 ? 'ipv6' : 'ipv4');
  if (!addresses.every((found) => excepted(found) || isPublicAddress(found.address))) {
    throw new RemoteFault('forbidden', `The host "${host}" does not have a public address only.`);
  }
  const port = portOf(url);
  if (!WEB_PORTS.includes(port) && port !== rules.port && !addresses.every(excepted)) {
    throw new RemoteFault('forbidden', `Files are fetched from the ports ${WEB_PORTS.join(' and ')} only.`);
  }
  return addresses[0] as LookupAddress;
}

/** The port of an http or https URL, written or not. */
export function portOf(url: URL): number {
  return url.port ? Number(url.port) : url.protocol === 'https:' ? 443 : 80;
}

async function resolveHost(host: string, resolve: Resolve): Promise<readonly LookupAddress[]> {
  const addresses = await resolve(host).catch(() => []);
  if (addresses.length > 0) return addresses;
  throw new RemoteFault('refused', `The host "${host}" has no address.`);
}
