import type { AuditEvent } from '../../audit/event.ts';

/** A change of address that waits for two codes. A person has one at most. */
export interface MailChange {
  readonly id: string;
  readonly personId: string;
  /** The new address, encrypted under the person's own key. */
  readonly sealed: string;
  /** Keyed digests of the codes; eight digits could be guessed from plain ones. */
  readonly codes: { readonly current: string; readonly next: string };
  /** ISO 8601. */
  readonly endsAt: string;
}

/** Where changes of address wait. */
export interface MailChangeStore {
  readonly find: (personId: string) => Promise<MailChange | undefined>;
  /** Takes the place of the change before, with the event. */
  readonly begin: (change: MailChange, event: AuditEvent) => Promise<void>;
  /** @returns how many tries there were with this one */
  readonly countTry: (change: MailChange) => Promise<number>;
  /** @param day ISO 8601 @returns how many changes were begun on this day with this one */
  readonly countBegun: (personId: string, day: string) => Promise<number>;
}
