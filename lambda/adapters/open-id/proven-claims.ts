import { DIRECTORY_ATTRIBUTES } from '../../contract/people.ts';
import type { ProvenSignIn, VouchingDirectory } from '../../core/accounts/sign-in/sign-in-provider.ts';

type Claims = Readonly<Record<string, unknown>>;

/**
 * What the claims of an ID token prove. A user pool names the directory of somebody in `identities`, and gives what the directory
 * said as texts in attributes of its own (AWS, "Understanding the identity (ID) token").
 * @param provider id by which people's accounts are known
 * @returns undefined when what must be there is not, or nobody can say which directory it was
 */
export function provenBy(provider: string, claims: Claims): ProvenSignIn | undefined {
  const { sub, email, email_verified: verified, auth_time: at } = claims;
  const directory = directoryIn(claims);
  if (typeof sub !== 'string' || typeof at !== 'number' || directory === 'unknown') return undefined;
  return {
    provider,
    subject: sub,
    mail: typeof email === 'string' ? email : undefined,
    isMailVerified: verified === true,
    ...(directory && { directory }),
    hasSecondFactor: hasSecondFactor(claims, directory !== undefined),
    authenticatedAt: new Date(at * 1000).toISOString(),
  };
}

/** What says of a directory's sign-in that more than one factor was asked for (RFC 8176; Microsoft, "SAML token claims"). */
const SEVERAL_FACTORS = ['mfa', 'http://schemas.microsoft.com/claims/multipleauthn'];

/** Passkeys of the pool are verified with their user, which makes them two. */
const OF_POOL = [...SEVERAL_FACTORS, 'hwk', 'swk'];

/** A directory that says nothing has not proven it; of the pool's own accounts somebody else can be asked. */
function hasSecondFactor(claims: Claims, isVouchedFor: boolean): boolean | undefined {
  if (isVouchedFor) {
    return listIn(claims[`custom:${DIRECTORY_ATTRIBUTES.methods}`]).some((one) => SEVERAL_FACTORS.includes(one));
  }
  return claims.amr === undefined ? undefined : listIn(claims.amr).some((one) => OF_POOL.includes(one));
}

/** An account that is linked to several directories is nobody's in particular. */
function directoryIn(claims: Claims): VouchingDirectory | 'unknown' | undefined {
  const { identities } = claims;
  if (identities === undefined) return undefined;
  const [first, ...others] = Array.isArray(identities) ? (identities as readonly unknown[]) : [];
  const name = first && typeof first === 'object' && 'providerName' in first ? first.providerName : undefined;
  if (typeof name !== 'string' || others.length > 0) return 'unknown';
  return { name, groups: listIn(claims[`custom:${DIRECTORY_ATTRIBUTES.groups}`]) };
}

/**
 * A list, as directories' lists reach an attribute: as JSON, as `[a, b]` (SAML), or as one value. A comma in a name of the second
 * form cannot be told from one between names: a directory in which people name groups themselves should give ids.
 */
export function listIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string');
  if (typeof value !== 'string' || value === '') return [];
  if (!value.startsWith('[') || !value.endsWith(']')) return [value];
  try {
    const parsed: unknown = JSON.parse(value);
    if (Array.isArray(parsed) && parsed.every((one) => typeof one === 'string')) return parsed;
  } catch {
    // It is the other form.
  }
  return value
    .slice(1, -1)
    .split(', ')
    .filter((one) => one !== '');
}
