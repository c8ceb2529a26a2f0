import type { HostUse } from './targets.ts';

/** What was seen of a host, in a sentence. */
export interface Seen {
  readonly isRight: boolean;
  readonly sentence: string;
}

export interface CheckedHost {
  readonly host: string;
  readonly use: HostUse;
  /** Host of the distribution. */
  readonly target: string;
  /** @default ACM is asked for one of exactly the hosts that are together with this one */
  readonly certificateArn: string | undefined;
  /** Hosts of one certificate. */
  readonly together: readonly string[];
  /** The stack sets the records of the host. */
  readonly isInZone: boolean;
}
