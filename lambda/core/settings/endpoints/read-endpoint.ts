import { domainToASCII } from 'node:url';
import { DEFAULT_ENDPOINT } from '../../../contract/edge.ts';
import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import type { EndpointChoices } from './endpoint.ts';
import { ENDPOINT_DEFAULTS } from './endpoint.ts';

const invalid = (message: string) => problem('endpoint.invalid', message);

const FLAGS = [
  'paused',
  'requireSignature',
  'namedTransformationsOnly',
  'autoFormat',
  'avif',
  'dataSaver',
  'strict',
] as const satisfies readonly (keyof EndpointChoices)[];

const MEMBERS: readonly string[] = ['description', 'urlPrefix', 'origins', 'hosts', 'quality', ...FLAGS];

/**
 * Reads an endpoint as a caller sends it. What is missing has its default, also in an update, which replaces all of it.
 * @param id of the endpoint; the default one has no prefix and every other one has
 * @throws Problem endpoint.invalid with the limit or the allowed values
 */
export function readEndpoint(body: unknown, id: string): EndpointChoices {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid('The body must be an object.');
  const given = body as Readonly<Record<string, unknown>>;
  refuseUnknown(given);
  return {
    description: readDescription(given.description),
    urlPrefix: readPrefix(given.urlPrefix, id),
    origins: readOrigins(given.origins),
    hosts: readHosts(given.hosts),
    quality: readQuality(given.quality),
    ...readFlags(given),
  };
}

function refuseUnknown({ urlRewriter, ...given }: Readonly<Record<string, unknown>>): void {
  if (urlRewriter !== undefined && urlRewriter !== null) {
    throw invalid('urlRewriter cannot be set: URLs of other products are not rewritten here.');
  }
  // An answer may be sent back as it came.
  const unknown = Object.keys(given).find((name) => !MEMBERS.includes(name) && name !== 'id' && name !== 'createdAt');
  if (unknown === undefined) return;
  throw invalid(`An endpoint has no member "${unknown.slice(0, 60)}"; it has ${MEMBERS.join(', ')}.`);
}

function readDescription(value: unknown): string {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text !== '' && text.length <= LIMITS.endpointDescriptionCharacters && !/\p{Cc}/u.test(text)) return text;
  throw invalid(`description must be a text of 1 to ${LIMITS.endpointDescriptionCharacters} characters in one line.`);
}

/** Not what begins paths that mean something else: a transformation, a name for search engines. */
function readPrefix(value: unknown, id: string): string {
  const prefix = value ?? ENDPOINT_DEFAULTS.urlPrefix;
  if (id === DEFAULT_ENDPOINT) {
    if (prefix === '') return '';
    throw invalid('The default endpoint has no urlPrefix.');
  }
  if (typeof prefix === 'string' && /^[A-Za-z0-9-]{1,100}$/.test(prefix) && prefix !== 'ik-seo') return prefix;
  throw invalid('urlPrefix must have 1 to 100 letters, digits and hyphens, and not be ik-seo.');
}

function readOrigins(value: unknown): readonly string[] {
  const ids = value ?? ENDPOINT_DEFAULTS.origins;
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
    throw invalid('origins must be a list of ids of origins.');
  }
  if (ids.length > LIMITS.origins) throw invalid(`An endpoint may have ${LIMITS.origins} origins.`);
  if (new Set(ids).size < ids.length) throw invalid('origins names an origin twice.');
  return ids;
}

/** International names in the ASCII form that browsers send. */
function readHosts(value: unknown): readonly string[] {
  const hosts = value ?? ENDPOINT_DEFAULTS.hosts;
  if (!Array.isArray(hosts) || !hosts.every((host) => typeof host === 'string')) {
    throw invalid('hosts must be a list of host names.');
  }
  if (hosts.length > LIMITS.endpointHosts) throw invalid(`An endpoint may have ${LIMITS.endpointHosts} hosts.`);
  return [...new Set(hosts.map(readHost))];
}

function readHost(text: string): string {
  const host = domainToASCII(text);
  if (/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/.test(host)) return host;
  throw invalid(`"${text.slice(0, 60)}" is no host name; write images.example.com, without scheme, port and path.`);
}

function readQuality(value: unknown): number {
  const quality = value ?? ENDPOINT_DEFAULTS.quality;
  if (typeof quality === 'number' && Number.isInteger(quality) && quality >= 1 && quality <= 100) return quality;
  throw invalid('quality must be a whole number from 1 to 100.');
}

function readFlags(given: Readonly<Record<string, unknown>>): Pick<EndpointChoices, (typeof FLAGS)[number]> {
  const flags = FLAGS.map((name) => {
    const value = given[name] ?? ENDPOINT_DEFAULTS[name];
    if (typeof value !== 'boolean') throw invalid(`${name} must be true or false.`);
    return [name, value] as const;
  });
  return Object.fromEntries(flags) as Pick<EndpointChoices, (typeof FLAGS)[number]>;
}
