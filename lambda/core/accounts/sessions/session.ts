import { LIMITS } from '../../../contract/limits.ts';
import type { AuditEvent } from '../../audit/event.ts';
import type { SealedSignIn } from '../sign-in-history/sign-in-history.ts';

/** A person's stay after one sign-in. The browser holds a secret, of which only the digest is kept. */
export interface Session {
  /** By which it is told to people; not the secret. */
  readonly id: string;
  readonly personId: string;
  /** ISO 8601 with milliseconds and Z, as all of them. */
  readonly createdAt: string;
  /** When the sign-in provider last saw proof of who it is. */
  readonly authenticatedAt: string;
  readonly lastSeenAt: string;
  /** The directory that vouched for the person. @default the user pool itself */
  readonly directory?: string;
  /** True: only one factor was asked for. */
  readonly lacksSecondFactor?: boolean;
}

/** A session with the digest by which it is found. */
export interface StoredSession {
  readonly session: Session;
  /** SHA-256 of the cookie's value. */
  readonly digest: string;
}

/** Where sessions are. Every read is a fresh one. */
export interface SessionStore {
  readonly find: (digest: string) => Promise<Session | undefined>;
  /** Those of a person, ended ones included until the table forgets them. */
  readonly list: (personId: string) => Promise<readonly StoredSession[]>;
  readonly touch: (digest: string, at: string) => Promise<void>;
  /** All or nothing, with the event and what the person's history says of it. False when it could not be made. */
  readonly start: (stored: StoredSession, event: AuditEvent, entry: SealedSignIn) => Promise<boolean>;
  /** @param entry missing when it is not its person who ends it */
  readonly end: (stored: StoredSession, event: AuditEvent, entry?: SealedSignIn) => Promise<boolean>;
}

/** When a session ends that nobody uses, and when it ends anyway. */
export function hasSessionEnded(session: Session, now: number): boolean {
  const idle = now - Date.parse(session.lastSeenAt) >= LIMITS.sessionIdleSeconds * 1000;
  return idle || now >= sessionEnd(session);
}

/** The last moment of a session, in milliseconds since 1970. Whom a directory has let go stays no longer than it is asked again. */
export const sessionEnd = ({ createdAt, directory }: Pick<Session, 'createdAt' | 'directory'>): number =>
  Date.parse(createdAt) + (directory === undefined ? LIMITS.sessionSeconds : LIMITS.directorySessionSeconds) * 1000;
