/** Names of this machine stand for the domain name that CloudFront gives to a distribution (RFC 6761, 6.3). */
const THIS_MACHINE = /^(?:[a-z0-9-]+\.)*localhost$|^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$|^\[::1\]$/;

/**
 * Whether a distribution takes requests for a host. CloudFront refuses one that is neither its domain name nor one of
 * its alternate domain names with 403 (AWS, "Use custom URLs by adding alternate domain names").
 * @param aliases of the distribution; one that begins with `*.` stands for every name with one label more
 */
export function knownHosts(aliases: readonly string[]): (hostHeader: string | undefined) => boolean {
  const names = new Set(aliases.map((alias) => alias.toLowerCase()));
  return (hostHeader = '') => {
    const host = hostHeader.toLowerCase().replace(/:\d+$/, '');
    return THIS_MACHINE.test(host) || names.has(host) || names.has(host.replace(/^[^.]+/, '*'));
  };
}
