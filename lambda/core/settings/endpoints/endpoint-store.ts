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
