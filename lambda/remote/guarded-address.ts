import type { LookupAddress } from 'node:dns';
import type { BlockList } from 'node:net';
import { isIP } from 'node:net';
import { isPublicAddress } from '../core/access/special-addresses.ts';
import { problem } from '../core/errors.ts';

/** Finds all addresses of a host name. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** Ports of ordinary web servers. Others would let a client probe what else listens at a public address. */
const WEB_PORTS = [80, 443];

/**
 * Decides where a URL may be fetched from, and from which address. Every address of the name must be allowed, not just
 * one: otherwise a name with a public and a private address gets through by luck. The caller connects to the returned
 * address itself, so a name that resolves differently a moment later (DNS rebinding) gains nothing.
 * @param exceptions addresses that may be reached although they are not public, on any port
 * @throws upload.remote-failed
 */
export async function guardedAddress(url: URL, resolve: Resolve, exceptions: BlockList): Promise<LookupAddress> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const addresses = family ? [{ address: host, family }] : await resolveHost(host, resolve);
  const excepted = ({ address, family }: LookupAddress) => exceptions.check(address, family === 6 ? 'ipv6' : 'ipv4');
  if (!addresses.every((found) => excepted(found) || isPublicAddress(found.address))) {
    throw problem('upload.remote-failed', `The host "${host}" does not have a public address only.`);
  }
  const port = url.port ? Number(url.port) : url.protocol === 'https:' ? 443 : 80;
  if (!WEB_PORTS.includes(port) && !addresses.every(excepted)) {
    throw problem('upload.remote-failed', `Files are fetched from the ports ${WEB_PORTS.join(' and ')} only.`);
  }
  return addresses[0] as LookupAddress;
}

async function resolveHost(host: string, resolve: Resolve): Promise<readonly LookupAddress[]> {
  const addresses = await resolve(host).catch(() => []);
  if (addresses.length > 0) return addresses;
  throw problem('upload.remote-failed', `The host "${host}" has no address.`);
}
