import { isIP } from 'node:net';
import type { LabelledRequest } from './web-acl-request.ts';

/** Where a statement finds the viewer's address (AWS WAF, "ForwardedIPConfig"). */
export interface ForwardedAddress {
  readonly HeaderName: string;
  /** What holds of an address that cannot be read. */
  readonly FallbackBehavior: string;
}

/** By the first address of the header. Without the header the statement does not apply, whatever it says. */
export function byForwardedAddress(
  forwarded: ForwardedAddress | undefined,
  matches: (request: LabelledRequest) => boolean,
): (request: LabelledRequest) => boolean {
  if (!forwarded) return matches;
  const name = forwarded.HeaderName.toLowerCase();
  return (request) => {
    const header = request.headers[name];
    if (header === undefined) return false;
    const ip = header.split(',', 1)[0]?.trim() ?? '';
    return isIP(ip) === 0 ? forwarded.FallbackBehavior === 'MATCH' : matches({ ...request, ip });
  };
}
