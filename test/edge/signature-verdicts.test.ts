import { beforeAll, describe, expect, it } from 'vitest';
import { admitUrl } from '../../lambda/core/delivery/admit-url.ts';
import { identifyVariant } from '../../lambda/core/delivery/identify-variant.ts';
import { Problem } from '../../lambda/core/kernel/problems.ts';
import { parseHints } from '../../lambda/core/request/client-hints.ts';
import type { EdgeFunction } from '../../packages/local-cloud/src/cdn/functions/sandbox.ts';
import { asReceived, edgeKey, hmacSha1, SIGNED_URLS, secondOf } from '../core/request/signed-urls.ts';
import { evaluateViewerRequest, handedOn, loadViewerRequest, type Outcome, runViewerRequest } from './edge-sandbox.ts';

/* The edge function as shipped, beside the transformer's own judgement of the same URL. */
const NOW = 1_700_000_000;
const KEYS = [
  edgeKey('dummy-key', 'now'),
  edgeKey('next-key', 'next', NOW + 60),
  edgeKey('last-key', 'last', 0, NOW - 60),
];
const SETTINGS = {
  'prefix:product-images': 'shop',
  'prefix:cards': 'cards',
  'host:vault.example.com': 'vault',
  'endpoint:default': '{"paused":false}',
  'endpoint:shop': '{"paused":false}',
  'endpoint:cards': '{"paused":false,"named":true}',
  'endpoint:vault': '{"paused":false,"signed":true}',
  keys: JSON.stringify(KEYS),
};

let edge: EdgeFunction;

beforeAll(() => {
  edge = loadViewerRequest(SETTINGS);
});

interface Asked {
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

function askEdge({ host, path, query }: Asked, now: number) {
  return runViewerRequest(edge, path, query || undefined, { headers: { host }, now: new Date(now * 1000) });
}

const edgeVerdict = (asked: Asked, now: number): string => verdictOf(askEdge(asked, now));

function verdictOf({ statusCode, uri = '' }: Outcome): string {
  return statusCode ? String(statusCode) : uri.split('/').slice(1, 3).join(' ');
}

async function transformerVerdict(asked: Asked, now: number): Promise<string> {
  const settings = { read: async (key: string) => (SETTINGS as Record<string, string>)[key], invalidate: () => {} };
  try {
    const { access, endpoint } = await admitUrl({ settings, clock: () => now * 1000 }, asked);
    return `${access} ${endpoint}`;
  } catch (error) {
    if (error instanceof Problem) return String(error.status);
    throw error;
  }
}

describe('URLs of the official SDKs, at the edge and in the transformer', () => {
  it.each(SIGNED_URLS.good)('$id is signed', async (vector) => {
    const asked = { host: 'media.example.com', ...asReceived(vector) };
    const outcome = askEdge(asked, secondOf(vector));

    expect(outcome.uri).toMatch(/^\/signed\/(default|shop)\/[0-9a-f]{32}\//);
    const admitted = await admitUrl(
      {
        settings: { read: async (key) => (SETTINGS as Record<string, string>)[key], invalidate: () => {} },
        clock: () => secondOf(vector) * 1000,
      },
      asked,
    );
    expect(admitted.key).toBe('now');
    expect(`/${identifyVariant(outcome.uri ?? '', admitted, parseHints(handedOn(outcome.headers).hints)).key}`).toBe(
      outcome.uri,
    );
    const expires = vector.expires === 9_999_999_999 ? undefined : { value: String(vector.expires) };
    expect(outcome.headers['x-vitrine-expires']).toEqual(expires);
  });

  it.each(SIGNED_URLS.bad)('$id is refused', async (vector) => {
    const asked = { host: 'media.example.com', ...asReceived(vector) };

    expect(edgeVerdict(asked, secondOf(vector))).toBe('401');
    expect(await transformerVerdict(asked, secondOf(vector))).toBe('401');
  });
});

describe('edge and transformer', () => {
  it('come to the same verdict on 100,000 URLs', { timeout: 120_000 }, async () => {
    const random = generator(20261125);
    const evaluated = evaluateViewerRequest(SETTINGS, NOW * 1000);
    const counts = new Map<string, number>();
    for (let round = 0; round < 100_000; round++) {
      const asked = anyUrl(random);
      const verdict = verdictOf(await evaluated(asked.path, asked.query, { host: { value: asked.host } }));
      const other = await transformerVerdict(asked, NOW);
      if (verdict !== other) expect({ asked, verdict: other }).toEqual({ asked, verdict });
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    }

    const verdicts = ['open default', 'signed default', 'signed shop', 'open cards', 'signed cards', 'signed vault'];
    for (const verdict of [...verdicts, '400', '401']) expect([verdict, counts.get(verdict) ?? 0]).not.toContain(0);
    expect(counts.get('signed default')).toBeGreaterThan(5000);
    expect(counts.get('401')).toBeGreaterThan(5000);
    expect(counts.get('open vault')).toBeUndefined();
  });
});

/** Mulberry32: the same numbers at every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const HOSTS = ['media.example.com', 'media.example.com', 'media.example.com', 'vault.example.com'];
const BASES = ['/', '/', '/', '//', '/product-images/', '/cards/', '/ik-seo/', '/cards/ik-seo/', '/product-images//'];
const PATHS = [
  'a.jpg',
  'b/a.jpg',
  'a%20b.jpg',
  'caf%C3%A9.jpg',
  'tr:w-1/a.jpg',
  'tr:w-1,h-%20/a.jpg',
  'tr:n-x/a.jpg',
  '%2e%2e/a',
  'a/b/c.png',
];
const QUERIES = [
  '',
  '',
  'tr=w-300',
  'tr=w-300,h-2',
  'tr=n-card',
  'tr=orig-true',
  'v=12',
  'tr=l-text,i-a%20b,l-end',
  'a=1&b=2',
  'tr=w-1%2Ch-2',
];
const EXPIRIES = [
  '',
  '',
  '',
  '1700000000',
  '1700000001',
  '1699999999',
  '1800000000',
  '170000000',
  '17000000000',
  '0',
  'x',
];
const SIGNERS = ['dummy-key', 'dummy-key', 'dummy-key', 'next-key', 'last-key', 'none', ''];

/** A URL, mostly signed, and then sometimes changed. */
function anyUrl(random: (below: number) => number): Asked {
  const pick = (list: readonly string[]) => list[random(list.length)] ?? '';
  const [host, base, rest, query] = [pick(HOSTS), pick(BASES), pick(PATHS), pick(QUERIES)];
  const [signer, expiry] = [pick(SIGNERS), pick(EXPIRIES)];
  const location = query ? `${rest}?${query}` : rest;
  const text = random(4) === 0 ? `${base.slice(1)}${location}` : location;
  const signature = signer && `ik-s=${hmacSha1(signer, undo(text, random(3)) + (expiry || '9999999999'))}`;
  const items = [query, signature && expiry && `ik-t=${expiry}`, signature].filter(Boolean);
  const asked = { host, path: base + rest, query: items.join('&') };
  return random(3) === 0 ? changed(asked, random) : asked;
}

/** What SDK 7 signs before the client escapes it. */
const undo = (text: string, choice: number): string => (choice === 0 ? text.replaceAll('%20', ' ') : text);

function changed({ host, path, query }: Asked, random: (below: number) => number): Asked {
  const at = random(Math.max(1, query.length));
  switch (random(7)) {
    case 0:
      return { host, path, query: query.slice(0, at) + String.fromCharCode(33 + random(94)) + query.slice(at + 1) };
    case 1:
      return { host, path: `${path}x`, query };
    case 2:
      return { host, path, query: query.split('&').reverse().join('&') };
    case 3:
      return { host, path, query: `${query}&${query.split('&').at(-1)}` };
    case 4:
      return { host, path, query: query.slice(0, at) };
    case 5:
      return { host, path: path.replace('a', '%61'), query };
    default:
      return { host, path: path.replace(/^\/[^/]*/, ''), query: `&${query}&` };
  }
}
