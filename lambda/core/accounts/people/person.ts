import type { Bounds } from '../../kernel/caller.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import { isUnbound } from '../policy.ts';

/** `invited` has not accepted yet, `disabled` may not sign in until an administrator says otherwise. */
export const PERSON_STATUSES = ['invited', 'active', 'disabled'] as const;

export type PersonStatus = (typeof PERSON_STATUSES)[number];

/** The role that has every permission and that the last holder keeps. */
export const OWNER_ROLE = 'owner';

/** A role that a person has. */
export interface HeldRole extends Bounds {
  /** Name of a role that every account has, or id of a custom one. */
  readonly role: string;
  /** The directory whose groups give it, from one sign-in to the next. @default an administrator gave it */
  readonly directory?: string | undefined;
}

/** Somebody who may sign in. Everything else knows them by their id alone, which is random. */
export interface Person {
  readonly id: string;
  readonly status: PersonStatus;
  readonly roles: readonly HeldRole[];
  /** `PersonalData`, encrypted under the person's own key. */
  readonly sealed: string;
  /** Keyed digest of the mail address, by which the person is found. */
  readonly mailDigest: string;
  /** Digest of who they are to the sign-in provider; missing until they first signed in. */
  readonly accountDigest?: string;
  /** The directory that vouches for them at each sign-in. @default the user pool itself */
  readonly directory?: string;
  /** The invitation that is open. */
  readonly invitation?: Invitation;
  /** ISO 8601 with milliseconds and Z. */
  readonly createdAt: string;
  /** What was signed in before this moment is refused; ISO 8601 with milliseconds and Z. */
  readonly validFrom: string;
  /** Grows with every change. */
  readonly version: number;
}

export interface Invitation {
  /** SHA-256 of the token. */
  readonly digest: string;
  readonly endsAt: string;
  /** Id of the person who invited. @default no person did */
  readonly by?: string;
}

/** Who can keep a deployment going: somebody who may sign in and is an owner of everything. */
export const isActiveOwner = (person: Person | undefined): boolean =>
  person?.status === 'active' && person.roles.some((held) => held.role === OWNER_ROLE && isUnbound(held));

/** By which somebody who signed in is found: a subject is one person within its provider only. */
export const accountDigestOf = (provider: string, subject: string): string => sha256Hex(`${provider}\0${subject}`);
