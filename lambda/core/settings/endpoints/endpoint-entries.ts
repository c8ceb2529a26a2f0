import type { EndpointSettings } from '../../../contract/edge.ts';
import { DEFAULT_ENDPOINT, endpointSettingsKey, HOST_KEY, PREFIX_KEY } from '../../../contract/edge.ts';
import { rewriterSettings } from '../../rewriters/url-rewriter.ts';
import type { Endpoint } from './endpoint.ts';
import { ENDPOINT_DEFAULTS } from './endpoint.ts';

/**
 * The default endpoint is what is left, so it is found by no prefix and no host: on its hosts the others keep their
 * prefixes.
 */
export function endpointEntries(endpoints: readonly Endpoint[]): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const endpoint of endpoints) {
    entries.set(endpointSettingsKey(endpoint.id), JSON.stringify(settingsOf(endpoint)));
    if (endpoint.id === DEFAULT_ENDPOINT) continue;
    entries.set(PREFIX_KEY + endpoint.urlPrefix, endpoint.id);
    for (const host of endpoint.hosts) entries.set(HOST_KEY + host, endpoint.id);
  }
  return entries;
}

/** Only what differs from the defaults: the edge reads it on every request. */
export function settingsOf(endpoint: Endpoint): EndpointSettings {
  return {
    paused: endpoint.paused,
    ...(endpoint.requireSignature && { signed: true }),
    ...(endpoint.namedTransformationsOnly && { named: true }),
    ...(!endpoint.autoFormat && { keeps: true }),
    ...(!endpoint.avif && { noAvif: true }),
    ...(endpoint.dataSaver && { saver: true }),
    ...(endpoint.quality !== ENDPOINT_DEFAULTS.quality && { quality: endpoint.quality }),
    // A record of before has no such member.
    ...(endpoint.widthStep > 1 && { snap: endpoint.widthStep }),
    ...(endpoint.strict && { strict: true }),
    ...(endpoint.region !== undefined && { region: endpoint.region }),
    ...(endpoint.residencyLock && { locked: true }),
    ...(endpoint.urlRewriter && { rewriter: rewriterSettings(endpoint.urlRewriter) }),
  };
}
