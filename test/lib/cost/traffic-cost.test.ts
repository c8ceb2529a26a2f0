import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { sumOf } from '../../../lib/cost/idle-cost.ts';
import { SENT_GIGABYTE, tieredCost } from '../../../lib/cost/prices.ts';
import { type AskedTraffic, usualTraffic } from '../../../lib/cost/traffic.ts';
import { EDGE_READS, trafficCost } from '../../../lib/cost/traffic-cost.ts';
import { VENDORS } from '../../../lib/cost/vendors.ts';
import { evaluateViewerRequest } from '../../edge/edge-sandbox.ts';
import { vitrineApp } from '../vitrine-fixture.ts';

const templates = new Map(
  (['small', 'guarded'] as const).map((profile) => {
    const app = vitrineApp({ vitrine: { profile } });
    return [profile, [...app.regions, app.edge].map((stack) => Template.fromStack(stack).toJSON())];
  }),
);

const linesOf = (traffic: AskedTraffic, profile: 'small' | 'guarded' = 'small') =>
  trafficCost(templates.get(profile) ?? [], usualTraffic(traffic));

const costOf = (what: string, lines: ReturnType<typeof linesOf>) => lines.find((line) => line.what === what)?.dollars;

describe("a month's traffic", () => {
  it('costs what is sent to viewers, in steps that get cheaper', () => {
    expect(tieredCost(10_000, SENT_GIGABYTE)).toBeCloseTo(850, 6);
    expect(tieredCost(60_000, SENT_GIGABYTE)).toBeCloseTo(850 + 3200 + 600, 6);
    expect(costOf('data sent to viewers', linesOf({ requests: 1e6, answerBytes: 1e6 }))).toBeCloseTo(85, 6);
  });

  it('costs the time of the transformer by its memory', () => {
    const time = (renders: number) =>
      costOf('time of the transformer', linesOf({ requests: 1, renders, renderSeconds: 1 }));

    expect(time(1e6)).toBeGreaterThan(13);
    expect(time(2e6)).toBeCloseTo(2 * (time(1e6) ?? 0), 6);
  });

  it('costs the web ACL only where there is one', () => {
    const what = 'requests that the web ACL inspects';

    expect(costOf(what, linesOf({ requests: 1e6 }))).toBeUndefined();
    expect(costOf(what, linesOf({ requests: 1e6 }, 'guarded'))).toBeCloseTo(0.6, 6);
  });

  it('costs nothing for what is not used', () => {
    const nothing = { uploads: 0, apiCalls: 0, originals: 0, variants: 0 };

    expect(sumOf(linesOf({ requests: 0, ...nothing }))).toBe(0);
  });

  it('reads as many settings at the edge as the function looks for', async () => {
    let reads = 0;
    const run = evaluateViewerRequest({ 'endpoint:default': '{"paused":false}' }, 0, {
      onRead: () => {
        reads += 1;
      },
    });
    await run('/shop/photo.jpg', 'tr=w-200', { host: { value: 'media.example.com' } });

    expect(reads).toBe(EDGE_READS);
  });
});

describe('the public prices of others', () => {
  it('are those of their own examples', () => {
    const [imageKit, imgix] = VENDORS;
    const sent = (gigabytes: number) =>
      usualTraffic({ requests: gigabytes, answerBytes: 1e9, variants: 0, renders: 0 });

    expect([20, 40, 65].map((gigabytes) => imageKit?.dollars(sent(gigabytes)))).toEqual([49, 49, 67]);
    expect(imgix?.dollars(sent(100))).toBeCloseTo(25, 6);
  });
});
