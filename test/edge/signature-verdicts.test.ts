import type { EdgeFunction } from 'local-cloud/edge-functions';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENGINE_VERSION } from '../../lambda/contract/engine-version.ts';
import { admitUrl } from '../../lambda/core/delivery/admit-url.ts';
import { identifyVariant } from '../../lambda/core/delivery/identify-variant.ts';
import { parseHints } from '../../lambda/core/request/client-hints.ts';
import { asReceived, SIGNED_URLS, secondOf } from '../core/request/signed-urls.ts';
import { handedOn, loadViewerRequest, runViewerRequest } from './edge-sandbox.ts';
import { type Asked, SETTINGS, transformerVerdict, verdictOf } from './verdicts.ts';

/* The edge function as shipped, beside the transformer's own judgement of the same URL; at random in proofs/edge-agrees.ts. */
let edge: EdgeFunction;

beforeAll(() => {
  edge = loadViewerRequest(SETTINGS);
});

function askEdge({ host, path, query }: Asked, now: number) {
  return runViewerRequest(edge, path, query || undefined, { headers: { host }, now: new Date(now * 1000) });
}

const edgeVerdict = (asked: Asked, now: number): string => verdictOf(askEdge(asked, now));

describe('URLs of the official SDKs, at the edge and in the transformer', () => {
  it.each(SIGNED_URLS.good)('$id is signed', async (vector) => {
    const asked = { host: 'media.example.com', ...asReceived(vector) };
    const outcome = askEdge(asked, secondOf(vector));

    expect(outcome.uri).toMatch(new RegExp(`^/${ENGINE_VERSION}/[0-9a-f]{32}/signed/(default|shop)/`));
    const admitted = await admitUrl(
      {
        settings: { read: async (key) => SETTINGS[key], invalidate: () => {} },
        clock: () => secondOf(vector) * 1000,
      },
      asked,
    );
    expect(admitted.key).toBe('now');
    expect(`/${identifyVariant(outcome.uri ?? '', admitted, parseHints(handedOn(outcome.headers).hints)).key}`).toBe(
      outcome.uri,
    );
  });

  it.each(SIGNED_URLS.bad)('$id is refused', async (vector) => {
    const asked = { host: 'media.example.com', ...asReceived(vector) };

    expect(edgeVerdict(asked, secondOf(vector))).toBe('401');
    expect(await transformerVerdict(asked, secondOf(vector))).toBe('401');
  });
});
