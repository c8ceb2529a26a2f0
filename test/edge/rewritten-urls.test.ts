import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { admitUrl } from '../../lambda/core/delivery/admit-url.ts';
import { identifyVariant } from '../../lambda/core/delivery/identify-variant.ts';
import { Problem } from '../../lambda/core/kernel/problems.ts';
import { readPlan } from '../../lambda/core/plan/read-plan.ts';
import { parseHints } from '../../lambda/core/request/client-hints.ts';
import { rewriterSettings } from '../../lambda/core/rewriters/url-rewriter.ts';
import { timeAtLoad } from '../time-at-load.ts';
import type { Outcome } from './edge-sandbox.ts';
import { evaluateViewerRequest, handedOn, loadViewerRequest, runViewerRequest } from './edge-sandbox.ts';

/* The edge function as shipped, beside the transformer: URLs of other products have one variant in both. */
const NOW = 1_700_000_000;
const SETTINGS: Readonly<Record<string, string>> = {
  'prefix:cloudinary': 'c',
  'prefix:kept': 'k',
  'prefix:imgix': 'i',
  'prefix:akamai': 'a',
  'endpoint:c': endpoint({ type: 'CLOUDINARY', preserveAssetDeliveryTypes: false }),
  'endpoint:k': endpoint({ type: 'CLOUDINARY', preserveAssetDeliveryTypes: true }),
  'endpoint:i': endpoint({ type: 'IMGIX' }),
  'endpoint:a': endpoint({ type: 'AKAMAI' }),
};

function endpoint(rewriter: Parameters<typeof rewriterSettings>[0]): string {
  return JSON.stringify({ paused: false, snap: 10, rewriter: rewriterSettings(rewriter) });
}

async function transformer(path: string, query: string, { uri = '', headers }: Outcome) {
  const settings = { read: async (key: string) => SETTINGS[key], invalidate: () => {} };
  const asked = { host: 'media.example.com', path, query };
  const admitted = await admitUrl({ settings, clock: () => NOW * 1000 }, asked);
  return identifyVariant(uri, admitted, parseHints(handedOn(headers).hints));
}

const PARAMETERS = [
  ...[
    'w_300',
    'h_20,c_fill',
    'e_blur:500',
    'g_north_west',
    'f_png',
    'f_auto',
    't_card',
    'w_abc',
    'b_rgb:fff8',
    'w_1%2Ch_2',
  ],
  ...[
    'l_logo.png',
    'l_text:Arial_20:Hi%2520you',
    'fl_layer_apply,g_east,x_4',
    'so_1',
    '$a_1',
    'if_else',
    'w_%ff',
    'q_auto',
  ],
];
const SEGMENTS = fc.constantFrom(
  ...PARAMETERS,
  ...[
    'image/upload',
    'video/fetch',
    's--a_b-c--',
    'v12',
    'folder',
    'my_files',
    '',
    '.',
    'tr:w-20',
    'tr:orig-true',
    'a%2fb',
  ],
);
const ITEMS = fc.constantFrom(
  ...[
    'w=300',
    'w=31',
    'h=20',
    'fit=max',
    'crop=top%2Cleft',
    'fm=png',
    'fm=auto',
    'bg=8fff',
    'blur=50',
    'q=x',
    'trim=%ff',
  ],
  ...['imwidth=40', 'imheight=x', 's=abc', 'v=2', 'tr=h-20', 'tr=%2Ft_card', 'ik-attachment=true', 'ar=2:3', 'w='],
);

const PATHS = fc
  .tuple(fc.constantFrom('cloudinary', 'kept', 'imgix', 'akamai', 'other'), fc.array(SEGMENTS, { maxLength: 6 }))
  .map(([prefix, segments]) => `/${[prefix, ...segments, 'a.jpg'].join('/')}`);
const QUERIES = fc.array(ITEMS, { maxLength: 5 }).map((items) => items.join('&'));

describe('a URL of another product', () => {
  let ask: ReturnType<typeof evaluateViewerRequest>;

  beforeAll(() => {
    ask = evaluateViewerRequest({ ...SETTINGS, 'endpoint:default': '{"paused":false}' }, NOW * 1000);
  });

  it('has one variant at the edge and in the transformer, and a plan or a refusal with a reason', async () => {
    let delivered = 0;
    await fc.assert(
      fc.asyncProperty(PATHS, QUERIES, async (path, query) => {
        const outcome = await ask(path, query, { host: { value: 'media.example.com' } });
        if (path.startsWith('/other/')) return;
        if (outcome.statusCode) {
          await expect(transformer(path, query, outcome)).rejects.toMatchObject({ status: outcome.statusCode });
          return;
        }
        const { url, key } = await transformer(path, query, outcome);
        expect(`/${key}`).toBe(outcome.uri);
        expect(url).not.toHaveProperty('foreign');
        delivered += planned(url.steps);
      }),
      { numRuns: 2000 },
    );
    expect(delivered).toBeGreaterThan(300);
  });

  it('is read in the sandbox of the edge', () => {
    const edge = loadViewerRequest(SETTINGS);
    const uriOf = (path: string, query?: string) => runViewerRequest(edge, path, query).uri;

    expect(uriOf('/cloudinary/image/upload/w_300/v12/a.jpg')).toBe(uriOf('/cloudinary/w_300/v12/a.jpg'));
    expect(uriOf('/cloudinary/w_300/v12/a.jpg')).not.toBe(uriOf('/cloudinary/w_400/v12/a.jpg'));
    expect(uriOf('/imgix/a.jpg', 'w=300&h=20&s=1')).toBe(uriOf('/imgix/a.jpg', 'h=20&w=300&utm=2'));
    expect(uriOf('/imgix/a.jpg', 'fm=jpg')).toMatch(/\.fixed$/);
  });

  it('costs the edge no more than its length', async () => {
    const long = [
      `/cloudinary/${'w_1,'.repeat(2000)}/a.jpg`,
      `/cloudinary${'/$a_b_c'.repeat(1100)}`,
      `/kept/${'w_'.repeat(4000)}`,
    ];
    const before = performance.now();
    for (const path of long) await ask(path, '', {});
    expect(performance.now() - before).toBeLessThan(timeAtLoad(500));
  });
});

/** Whether a plan was made; what is refused is the client's fault. */
function planned(steps: string[][]): number {
  try {
    readPlan(steps);
    return 1;
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    return 0;
  }
}
