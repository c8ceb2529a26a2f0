import type { EndpointSettings } from '../../contract/edge.ts';
import { DEFAULT_ENDPOINT, endpointSettingsKey } from '../../contract/edge.ts';
import type { EdgeSource } from './ports.ts';

const OPEN: EndpointSettings = { paused: false };

/** The default endpoint as it is when nobody has set anything: without its settings the edge delivers nothing. */
export const defaultEndpointSource: EdgeSource = {
  entries: async () => new Map([[endpointSettingsKey(DEFAULT_ENDPOINT), JSON.stringify(OPEN)]]),
};
