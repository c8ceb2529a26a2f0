import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import type { DirectoryChoice } from '../people/directory-choice.ts';
import { isWayOpen } from '../people/directory-choice.ts';
import { requireTrusted } from '../people/enrolment.ts';
import type { HeldRolesDeps } from '../people/held-roles.ts';
import { personCaller } from '../people/held-roles.ts';
import { accountDigestOf } from '../people/person.ts';
import type { PersonStore } from '../people/person-store.ts';
import type { ProvenSignIn } from './sign-in-provider.ts';

/** What an access token has proven: who, and when they signed in. Rights are never in it. */
export type ProvenToken = Pick<ProvenSignIn, 'provider' | 'subject' | 'authenticatedAt'>;

/** Verifies an access token of the command line's client. @returns undefined when any check fails */
export type VerifyAccessToken = (token: string) => Promise<ProvenToken | undefined>;

export interface AuthenticateTokenDeps extends HeldRolesDeps, DirectoryChoice {
  readonly people: Pick<PersonStore, 'findByAccount'>;
  readonly verifyAccessToken: VerifyAccessToken;
}

/** Characters of a token that is looked at; those of user pools have about a thousand. */
const LONGEST = 8192;

/** `b64token` of RFC 6750, section 2.1. */
const FORM = /^bearer +([\w.~+/-]+=*) *$/i;

export const isBearer = (authorization: string | null): authorization is string =>
  /^bearer\b/i.test(authorization ?? '');

/**
 * Whose access token it is (RFC 6750). The person is read anew for every call: a token from before they were disabled or signed
 * out is refused, however long it would hold. One of the very second of that moment is, too. Tokens do not say of a second
 * factor: the user pool asks for one before it gives a token, and a directory must be trusted to.
 * @throws Problem token.invalid, which tells nothing of why; enrolment.missing
 */
export async function authenticateToken(deps: AuthenticateTokenDeps, authorization: string): Promise<Caller> {
  const [, token] = authorization.length <= LONGEST ? (FORM.exec(authorization) ?? []) : [];
  const proven = token === undefined ? undefined : await deps.verifyAccessToken(token);
  const person = proven && (await deps.people.findByAccount(accountDigestOf(proven.provider, proven.subject)));
  if (proven && person?.status === 'active' && proven.authenticatedAt >= person.validFrom && isWayOpen(deps, person)) {
    requireTrusted(deps, person);
    return personCaller(deps, person);
  }
  throw problem('token.invalid', 'This access token is none of this deployment, or has ended. Sign in again.');
}
