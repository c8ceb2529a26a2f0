import { expect } from 'vitest';
import { TRANSFORMER_ORIGIN, VARIANTS_ORIGIN } from '../lambda/contract/edge.ts';
import { admitUrl } from '../lambda/core/delivery/admit-url.ts';
import { identifyVariant } from '../lambda/core/delivery/identify-variant.ts';
import { Problem } from '../lambda/core/kernel/problems.ts';
import { parseHints } from '../lambda/core/request/client-hints.ts';
import { evaluateViewerRequest, handedOn, type Outcome } from '../test/edge/edge-sandbox.ts';
import { type Asked, NOW, SETTINGS } from '../test/edge/verdicts.ts';
import { arbitrarySignedUrl } from './arbitrary-signed-urls.ts';
import type { Counts, Report } from './proof.ts';
import { randomFrom } from './random.ts';

/** The first is home. */
const REGIONS = ['eu-west-1', 'us-east-1', 'us-west-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'] as const;
const [HOME] = REGIONS;

const NUMBERS = Array.from({ length: 49 }, (_, index) => index + 1);
const ACCESS = ['', '', '', ',"named":true', ',"signed":true'];

/** 50 endpoints in six regions: the default one, and others by a prefix or by a host of their own, open or not. */
const ENTRIES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(NUMBERS.flatMap(entriesOf)),
  'endpoint:default': '{"paused":false}',
  keys: SETTINGS.keys ?? '',
};

function entriesOf(number: number): [key: string, value: string][] {
  const region = REGIONS[number % REGIONS.length] as string;
  const place = region === HOME ? '' : `,"region":"${region}"`;
  return [
    [`endpoint:e${number}`, `{"paused":false${ACCESS[Math.floor(number / REGIONS.length) % ACCESS.length]}${place}}`],
    [number % 7 === 0 ? `host:h${number}.example.com` : `prefix:p${number}`, `e${number}`],
  ];
}

const PLACES = {
  hosts: ['media.example.com', 'media.example.com', ...keysWith('host:')],
  bases: ['/', '/', '//', ...keysWith('prefix:').map((prefix) => `/${prefix}/`)],
};

function keysWith(start: string): string[] {
  return Object.keys(ENTRIES).flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : []));
}

/** What was decided of a URL: the status that refuses it, or where it goes and under which key. */
type Decision = number | { readonly region: string; readonly key: string };

/**
 * Edge function and transformer decide each URL alike, with 50 endpoints in six regions: region, access and variant key.
 * @returns how many URLs went to each region, and how many were refused
 */
export async function compareRegions(urls: number, seed: number, report: Report): Promise<Counts> {
  const random = randomFrom(seed);
  let asked: readonly string[] | undefined;
  const evaluated = evaluateViewerRequest(ENTRIES, NOW * 1000, {
    isMultiRegion: true,
    onOrigins: (ids) => {
      asked = ids;
    },
  });
  const counts: Record<string, number> = {};
  for (let url = 1; url <= urls; url++) {
    const address = arbitrarySignedUrl(random, PLACES);
    asked = undefined;
    const outcome = await evaluated(address.path, address.query, { host: { value: address.host } });
    const decided = decisionOf(outcome, asked);
    const other = await transformerDecision(address, outcome);
    if (!isSame(decided, other)) expect({ url, address, decision: other }).toEqual({ url, address, decision: decided });
    const name = typeof decided === 'number' ? 'refused in six regions' : `to ${decided.region}`;
    counts[name] = (counts[name] ?? 0) + 1;
    report(`${url} of ${urls} URLs in six regions`);
  }
  for (const region of REGIONS) expect(counts[`to ${region}`] ?? 0, region).toBeGreaterThan(urls / 100);
  return counts;
}

function decisionOf({ statusCode, uri = '' }: Outcome, asked: readonly string[] | undefined): Decision {
  if (statusCode) return statusCode;
  const region = asked ? REGIONS.find((one) => VARIANTS_ORIGIN + one === asked[0]) : HOME;
  if (asked) expect(asked).toEqual([`${VARIANTS_ORIGIN}${region}`, `${TRANSFORMER_ORIGIN}${region}`]);
  return { region: region ?? '', key: uri.slice(1) };
}

/** The transformer finds the endpoint by itself; access and endpoint are part of the key that it makes. */
async function transformerDecision(address: Asked, { uri = '', headers }: Outcome): Promise<Decision> {
  const settings = { read: async (key: string) => ENTRIES[key], invalidate: () => {} };
  try {
    const admitted = await admitUrl({ settings, clock: () => NOW * 1000 }, address);
    const { key } = identifyVariant(uri, admitted, parseHints(handedOn(headers).hints));
    return { region: admitted.settings.region ?? HOME, key };
  } catch (error) {
    if (error instanceof Problem) return error.status;
    throw error;
  }
}

function isSame(one: Decision, other: Decision): boolean {
  if (typeof one === 'number' || typeof other === 'number') return one === other;
  return one.region === other.region && one.key === other.key;
}
