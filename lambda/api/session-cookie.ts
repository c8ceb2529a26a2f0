import { urlEndpoint } from '../contract/edge.ts';
import { LIMITS } from '../contract/limits.ts';
import { problem } from '../core/kernel/problems.ts';

/** A host without TLS is this machine's: browsers keep `Secure` cookies of no such host, or not all of them do. */
const isSecure = (host: string): boolean => urlEndpoint(host).startsWith('https:');

/** `__Host-`: no other host, neighbours included, can set it, and it is sent over TLS alone (RFC 6265bis, section 4.1.3.2). */
const nameFor = (host: string): string => (isSecure(host) ? '__Host-vitrine' : 'vitrine');

/** The header that a page of ours sends with every call; a form of another site cannot. */
const PAGE_HEADER = 'x-vitrine';

/** A cookie of the API's own host, as `Set-Cookie` has it. @param seconds 0 removes it */
export function cookieFor(host: string, suffix: string, value: string, seconds: number): string {
  const flags = ['Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${seconds}`, ...(isSecure(host) ? ['Secure'] : [])];
  return `${nameFor(host)}${suffix}=${value}; ${flags.join('; ')}`;
}

export const sessionCookie = (host: string, secret: string): string =>
  cookieFor(host, '', secret, LIMITS.sessionSeconds);

export const noSessionCookie = (host: string): string => cookieFor(host, '', '', 0);

/** A cookie that a browser sent; of two with one name neither is taken. */
export function readCookie({ headers }: Request, suffix = ''): string | undefined {
  const name = `${nameFor(headers.get('host') ?? '')}${suffix}=`;
  const values = (headers.get('cookie') ?? '').split(/;\s*/).filter((one) => one.startsWith(name));
  const value = values.length === 1 ? values[0]?.slice(name.length) : undefined;
  return value === '' ? undefined : value;
}

/**
 * Refuses a call with a session that no page of this host made: the browser would add the cookie on its own.
 * @throws Problem site.foreign
 */
export function requireOwnPage({ headers }: Request): void {
  if (headers.get(PAGE_HEADER) === '1' && headers.get('sec-fetch-site') === 'same-origin') return;
  throw problem(
    'site.foreign',
    `Calls with a session come from pages of this host, with the header ${PAGE_HEADER}: 1.`,
  );
}
