import type { EdgeDescription } from '../../lambda/contract/edge.ts';
import type { AwsClients } from './aws-clients.ts';

/** A deployment that is looked at. */
export interface Deployment {
  /** Base URLs without a slash at the end. */
  readonly media: string;
  readonly api: string;
  readonly privateKey: string;
  /** @default it runs on one machine, where no account can be asked */
  readonly aws?: {
    readonly edge: EdgeDescription;
    readonly clients: AwsClients;
    /** @default the region has no backup */
    readonly backupBucket?: string | undefined;
  };
}

/** Says in a sentence why a deployment could not be looked at. */
export class NotReached extends Error {}
