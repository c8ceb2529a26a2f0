import type { Endpoint } from '../../settings/endpoints/endpoint.ts';
import { withDefault } from '../../settings/endpoints/endpoint.ts';
import { endpointEntries } from '../../settings/endpoints/endpoint-entries.ts';
import type { EdgeSource } from './edge-settings.ts';

/** The endpoints at the edge: where each is found, and its settings. @param list those that somebody made or changed */
export function endpointSource(list: () => Promise<readonly Endpoint[]>): EdgeSource {
  return { entries: async () => endpointEntries(withDefault(await list())) };
}
