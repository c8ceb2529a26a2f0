import type { PurgeTarget } from '../purge/purge-target.ts';
import type { Endpoint } from './endpoint.ts';

/** The endpoints that somebody made or changed, and the state that this was read from. */
export interface StoredEndpoints {
  readonly endpoints: readonly Endpoint[];
  readonly version: number;
}

/** Every change is made on the state that it was worked out from, so that no two endpoints get one prefix or host. */
export interface EndpointStore {
  read(): Promise<StoredEndpoints>;
  /** @returns false when there was another change since `version` */
  put(endpoint: Endpoint, version: number): Promise<boolean>;
  /** @returns false when there was another change since `version` */
  remove(id: string, version: number): Promise<boolean>;
}

/** Makes a change of the account's settings, and purges in every region what it makes outdated. */
export type PurgeAround = <T>(targets: readonly PurgeTarget[], change: () => Promise<T>) => Promise<T>;
