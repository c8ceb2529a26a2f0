import { languageFaults, OriginChoice, type OriginTurns } from 'local-cloud/edge-functions';
import { describe, expect, it } from 'vitest';
import { bundleEdgeFunction } from '../../lib/bundling/bundle-edge-function.ts';
import { ROOT } from '../architecture/sources.ts';
import { loadViewerRequest, type Outcome, runViewerRequest } from './edge-sandbox.ts';

const SEVERAL = { isMultiRegion: true };
const ORIGINS = ['v-eu-west-1', 't-eu-west-1', 'v-us-west-2', 't-us-west-2', 'f-eu-west-1'];
const SETTINGS = {
  'endpoint:default': '{"paused":false}',
  'endpoint:e1': '{"paused":false,"region":"us-west-2"}',
  'endpoint:e2': '{"paused":false,"region":"ap-south-1"}',
  'endpoint:e3': '{"paused":false,"region":"us-west-2","locked":true}',
  'endpoint:e4': '{"paused":false,"region":"us-west-2","signed":true}',
  'prefix:locked': 'e3',
  'prefix:signed': 'e4',
  'prefix:shop': 'e1',
  'prefix:gone': 'e2',
};

/** The origins that the function as shipped chooses; undefined when it leaves them as they are. */
function chosenFor(path: string, build = SEVERAL): OriginTurns | undefined {
  const choice = new OriginChoice(new Set(ORIGINS));
  runViewerRequest(loadViewerRequest(SETTINGS, build), path, undefined, {}, choice);
  return choice.chosen;
}

it('a request goes to the region of its endpoint, to finished variants first', () => {
  expect(chosenFor('/shop/a.jpg?tr=w-10')).toEqual({
    ids: ['v-us-west-2', 't-us-west-2'],
    failoverOn: [400, 403, 404, 500, 502, 503, 504],
  });
});

it('what belongs to home goes where the distribution asks by itself', () => {
  expect(chosenFor('/a.jpg')).toBeUndefined();
});

it('a refused request chooses nothing', () => {
  expect(chosenFor('/shop/%2e%2e/a.jpg')).toBeUndefined();
});

it('an endpoint of a region that the distribution does not have is not delivered from another one', () => {
  expect(() => chosenFor('/gone/a.jpg')).toThrow('There is no origin v-ap-south-1');
});

it('a deployment of one region pays no bytes for others', () => {
  const one = bundleEdgeFunction(ROOT, 'viewer-request');

  expect(one).not.toContain('createRequestOriginGroup');
  expect(languageFaults(bundleEdgeFunction(ROOT, 'viewer-request', SEVERAL))).toEqual([]);
});

describe('a region that is declared down', () => {
  const END = 1_796_000_000;
  const answered = (path: string, seconds: number, down = 'us-west-2'): Outcome => {
    const settings = { ...SETTINGS, [`failover:${down}`]: String(END) };
    const choice = new OriginChoice(new Set(ORIGINS));
    const now = new Date(seconds * 1000);
    return runViewerRequest(loadViewerRequest(settings, SEVERAL), path, undefined, { now }, choice);
  };

  it('is answered for at the edge, and says when to ask again (REG-003)', () => {
    const { statusCode, headers } = answered('/shop/a.jpg', END - 1);

    expect([statusCode, headers['retry-after']?.value, headers['cache-control']?.value]).toEqual([
      503,
      '60',
      'no-store',
    ]);
  });

  it('is asked again from the second on that was said, by the clock of the edge', () => {
    expect(answered('/shop/a.jpg', END).statusCode).toBeUndefined();
  });

  it('is no other region, and home is one as well', () => {
    expect(answered('/a.jpg', END - 1).statusCode).toBeUndefined();
    expect(answered('/a.jpg', END - 1, '').statusCode).toBe(503);
    expect(answered('/shop/a.jpg', END - 1, '').statusCode).toBeUndefined();
  });

  describe('and another one answers from its copy', () => {
    const asked = (path: string, now = END - 1) => {
      const settings = { ...SETTINGS, 'failover:us-west-2': `${END} eu-west-1` };
      const choice = new OriginChoice(new Set(ORIGINS));
      const edge = loadViewerRequest(settings, SEVERAL);
      const outcome = runViewerRequest(edge, path, undefined, { now: new Date(now * 1000) }, choice);
      return { ...outcome, ids: choice.chosen?.ids };
    };

    it('sends requests to its fallback transformer alone, under the same path', () => {
      const usual = answered('/shop/a.jpg', END);
      expect(asked('/shop/a.jpg')).toMatchObject({ ids: ['f-eu-west-1'], uri: usual.uri });
    });

    it('ends by the clock of the edge', () => {
      expect(asked('/shop/a.jpg', END).ids).toEqual(['v-us-west-2', 't-us-west-2']);
    });

    it('answers 503 for an endpoint with a residency lock, and sends it nowhere (REG-003)', () => {
      const { statusCode, headers, ids } = asked('/locked/a.jpg');
      expect([statusCode, headers['retry-after']?.value, ids]).toEqual([503, '60', undefined]);
    });

    it('decides nothing about who may see a file', () => {
      expect(asked('/signed/a.jpg')).toMatchObject({ statusCode: 401, ids: undefined });
    });
  });
});
