import { isIP } from 'node:net';
import type { SignInSender } from '../core/accounts/sign-in-history/sign-in-sender.ts';
import { signInSender } from '../core/accounts/sign-in-history/sign-in-sender.ts';

/**
 * From where a request comes, for people to look at. Through a distribution the connection is CloudFront's, which adds the viewer's
 * address to this header, and API Gateway adds the connection's. Nothing is allowed or refused by it: whoever calls the
 * host behind the distribution can write another address into it.
 * @param connection address of the connection
 */
export function senderOf({ headers }: Request, connection: string | undefined): SignInSender {
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((one) => one.trim());
  const viewer = hops.findLast((one) => isIP(one) !== 0 && one !== connection);
  return signInSender(viewer ?? connection, headers.get('user-agent') ?? '');
}
