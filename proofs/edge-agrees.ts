import fc from 'fast-check';
import { expect } from 'vitest';
import type { EndpointSettings } from '../lambda/contract/edge.ts';
import { identifyVariant } from '../lambda/core/delivery/identify-variant.ts';
import { readMediaUrl } from '../lambda/core/delivery/media-url.ts';
import { parseHints } from '../lambda/core/request/client-hints.ts';
import { rewriterSettings } from '../lambda/core/rewriters/url-rewriter.ts';
import { evaluateViewerRequest, handedOn, loadViewerRequest, runViewerRequest } from '../test/edge/edge-sandbox.ts';
import { NOW, SETTINGS, transformerVerdict, verdictOf } from '../test/edge/verdicts.ts';
import { arbitrarySignedUrl } from './arbitrary-signed-urls.ts';
import { checkProperty } from './check-property.ts';
import type { Counts, Proof, Report } from './proof.ts';
import { randomFrom } from './random.ts';
import { compareRegions } from './regions-agree.ts';

const PATH_PIECES = [
  'a',
  'b.jpg',
  '/',
  '../',
  '%2e',
  '%',
  'tr:',
  'w-1',
  ',',
  ':',
  '%2F',
  '%20',
  '%C3%A9',
  'l-image',
  'l-end',
];
/** Of other products. */
const FOREIGN_PIECES = ['w_1', 'f_png', '/t_a/', 'image/upload', 'v1', 'fl_layer_apply'];
const FOREIGN_ITEMS = ['w=2', 'fm=png', 'h='];
const HINTED_PIECES = ['f-png', 'w-auto', 'dpr-auto', 'w-020.4', 'h-0.50', 'q-080'];
const QUERY_PIECES = [
  'tr=',
  'w-2',
  ',',
  ':',
  '&',
  'v=1',
  'ik-sdk-version=1',
  '%2C',
  '+',
  'ie-a%3D',
  'orig-true',
  'ik-x=1',
];

const text = (pieces: readonly string[]) =>
  fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''));

const anyRequest = fc.record({
  path: text([...PATH_PIECES, ...HINTED_PIECES, ...FOREIGN_PIECES]).map((path) => `/${path}`),
  query: fc.option(text([...QUERY_PIECES, ...FOREIGN_ITEMS]), { nil: undefined }),
  accept: fc.constantFrom('image/avif', 'image/webp', '*/*'),
  width: fc.constantFrom('', '1', '412', '412.5', '99999', 'x'),
});

/** The viewer-request function as shipped, beside the transformer's own judgement of the same URL. */
export const EDGE_AGREES: Proof<{ verdicts: number; variants: number; regions: number }> = {
  name: 'edge-agrees',
  sentence:
    'Edge function and transformer judge every signature alike, and give every URL the same region and variant key (PATH-026).',
  small: { verdicts: 100_000, variants: 3000, regions: 20_000 },
  full: { verdicts: 500_000, variants: 30_000, regions: 1_000_000 },
  async run({ verdicts, variants, regions }, seed, report) {
    return {
      ...(await compareVerdicts(verdicts, seed, report)),
      ...(await compareVariants(variants, seed, report)),
      ...(await compareRegions(regions, seed, report)),
    };
  },
};

/** @returns how often each verdict was given by both */
async function compareVerdicts(urls: number, seed: number, report: Report): Promise<Counts> {
  const random = randomFrom(seed);
  const evaluated = evaluateViewerRequest(SETTINGS, NOW * 1000);
  const counts: Record<string, number> = {};
  for (let url = 1; url <= urls; url++) {
    const asked = arbitrarySignedUrl(random);
    const verdict = verdictOf(await evaluated(asked.path, asked.query, { host: { value: asked.host } }));
    const other = await transformerVerdict(asked, NOW);
    if (verdict !== other) expect({ url, asked, verdict: other }).toEqual({ url, asked, verdict });
    counts[verdict] = (counts[verdict] ?? 0) + 1;
    report(`${url} of ${urls} verdicts`);
  }
  expectEveryVerdict(counts, urls);
  return counts;
}

/** A comparison that never meets one of the verdicts would prove nothing about it. */
function expectEveryVerdict(counts: Counts, urls: number): void {
  const verdicts = ['open default', 'signed default', 'signed shop', 'open cards', 'signed cards', 'signed vault'];
  for (const verdict of [...verdicts, '400', '401']) expect([verdict, counts[verdict] ?? 0]).not.toContain(0);
  expect(counts['signed default']).toBeGreaterThan(urls / 25);
  expect(counts['401']).toBeGreaterThan(urls / 25);
  expect(counts['open vault']).toBeUndefined();
}

/** What an endpoint decides about the meaning of its URLs. */
const MEANINGS: readonly EndpointSettings[] = [
  { paused: false },
  { paused: false, snap: 100 },
  { paused: false, keeps: true, saver: true },
  { paused: false, rewriter: rewriterSettings({ type: 'CLOUDINARY', preserveAssetDeliveryTypes: false }) },
  { paused: false, keeps: true, rewriter: rewriterSettings({ type: 'IMGIX' }) },
];

/** Folders that are being cleaned up: the first one is in many of the paths. */
const STALE = {
  'stale:0': JSON.stringify({ n: 2, r: [['/a/', 'mf0000']] }),
  'stale:1': JSON.stringify({ n: 2, r: [['/a/b.jpg/', 'mf0001']] }),
};

async function compareVariants(runs: number, seed: number, report: Report): Promise<Counts> {
  const edges = MEANINGS.map((settings) => ({
    settings,
    edge: loadViewerRequest({ 'endpoint:default': JSON.stringify(settings), ...STALE }),
  }));
  const counts = { 'equal keys': 0, 'refused by both': 0, 'in stale folders': 0 };
  const agrees = fc.property(
    anyRequest,
    fc.constantFrom(...edges),
    ({ path, query, accept, width }, { settings, edge }) => {
      const asked = { headers: { accept, 'sec-ch-width': width, 'sec-ch-dpr': '1.5' } };
      const { uri = '', statusCode, headers } = runViewerRequest(edge, path, query, asked);
      const identify = () =>
        identifyVariant(
          uri,
          { url: readMediaUrl(path, query ?? '', settings), access: 'open', endpoint: 'default', settings },
          parseHints(handedOn(headers).hints),
        );
      if (statusCode) expect(identify).toThrow();
      else expect(`/${identify().key}`).toBe(uri);
      if (/-mmf000[01]\./.test(uri)) counts['in stale folders']++;
      counts[statusCode ? 'refused by both' : 'equal keys']++;
      report(`${counts['equal keys'] + counts['refused by both']} of ${runs} variant keys`);
    },
  );
  await checkProperty('edge and transformer give every URL the same key', agrees, { runs, seed });
  expect(counts['in stale folders']).toBeGreaterThan(0);
  return counts;
}
