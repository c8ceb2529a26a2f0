import type { AuditEvent } from '../../audit/event.ts';
import type { Endpoint } from './endpoint.ts';

/** The endpoints that somebody made or changed, and the state that this was read from. */
export interface StoredEndpoints {
  readonly endpoints: readonly Endpoint[];
  readonly version: number;
}

/** What is removed is named by its id. */
export type EndpointChange = { readonly put: Endpoint } | { readonly remove: string };

/** Every change is made on the state that it was worked out from, so that no two endpoints get one prefix or host. */
export interface EndpointStore {
  read(): Promise<StoredEndpoints>;
  /** @returns false when there was another change since `version`; nothing is changed and told then */
  commit(change: EndpointChange, version: number, event: AuditEvent): Promise<boolean>;
}
