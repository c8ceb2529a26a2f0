import type { PurgeTarget } from './purge-target.ts';

/** A purge that every region carries out, because it follows from a change that belongs to no region. */
export interface AccountPurge {
  /** 24 hexadecimal characters; also of the job that each region makes of it. */
  readonly requestId: string;
  readonly target: PurgeTarget;
  readonly createdAt: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

export interface AccountPurges {
  save(purge: AccountPurge): Promise<void>;
  list(): Promise<readonly AccountPurge[]>;
}
