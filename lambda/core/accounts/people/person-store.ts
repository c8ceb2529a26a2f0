import type { AuditEvent } from '../../audit/event.ts';
import type { MailChange } from './mail-change-store.ts';
import type { Person } from './person.ts';

/** A change of one person. */
export interface PersonChange {
  /** The person as they were read. @default there was none */
  readonly before?: Person;
  /** @default the person is removed */
  readonly after?: Person;
  /** The wrapped key of a new person. */
  readonly dataKey?: string;
  /** The change of address that this one makes, once. */
  readonly mailChange?: MailChange;
}

/**
 * `changed`: somebody else was faster. `last-owner`: nobody would be left who may do everything. `taken`: another person has
 * this address or account. `full`: there are as many people as there may be.
 */
export type PersonOutcome = 'committed' | 'changed' | 'last-owner' | 'taken' | 'full';

/** Where people are. Every read is a fresh one: who is disabled is refused by their next call. */
export interface PersonStore {
  readonly find: (id: string) => Promise<Person | undefined>;
  readonly findByMail: (digest: string) => Promise<Person | undefined>;
  readonly findByAccount: (digest: string) => Promise<Person | undefined>;
  readonly findByInvitation: (digest: string) => Promise<Person | undefined>;
  readonly list: () => Promise<readonly Person[]>;
  /** All or nothing, the event and the person's key included. */
  readonly commit: (change: PersonChange, event: AuditEvent) => Promise<PersonOutcome>;
}
