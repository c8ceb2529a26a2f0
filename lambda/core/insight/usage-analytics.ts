import type { Clock } from '../kernel/clock.ts';
import type { CountedUsage, UsagePeriod } from './usage.ts';
import { spanOf } from './usage.ts';

export interface UsageAnalyticsDeps extends CountedUsage {
  readonly clock: Clock;
}

/** Members with the first names, by bandwidth and by requests. */
const RANKED = [
  'browser',
  'device',
  'format',
  'country',
  'topImages',
  'topImageTransforms',
  'topVideos',
  'topVideoTransforms',
  'topOtherAssets',
  'topReferrers',
  'topUserAgents',
  'urlEndpoints',
] as const;

const LISTED = ['errorReasons', 'statusCodes', 'top404Assets', 'extensions', 'videoProcessing'] as const;

type Ranked = Readonly<Record<(typeof RANKED)[number], { readonly byBandwidth: []; readonly byRequests: [] }>>;
type Listed = Readonly<Record<(typeof LISTED)[number], []>>;

/** The traffic of a period (ImageKit, "Get usage analytics"). */
export interface UsageAnalytics extends UsagePeriod, Ranked, Listed {
  readonly generatedAt: string;
  readonly bandwidthBytes: number;
  readonly requestCount: number;
  readonly cache: { readonly hitCount: number; readonly missCount: number; readonly errorCount: number };
  /** Ours: members that are empty or 0 because nobody counts them. */
  readonly notCounted: readonly string[];
}

/**
 * Of a period with its end date. Which pictures, countries and formats it was is in the access log alone, and who the
 * viewers were is not even there.
 */
export async function usageAnalytics(deps: UsageAnalyticsDeps, period: UsagePeriod): Promise<UsageAnalytics> {
  const { bytes, requests } = await deps.traffic(spanOf(period, 'included'));
  return {
    startDate: period.startDate,
    endDate: period.endDate,
    generatedAt: new Date(deps.clock()).toISOString(),
    bandwidthBytes: bytes,
    requestCount: requests,
    cache: { hitCount: 0, missCount: 0, errorCount: 0 },
    ...(Object.fromEntries(RANKED.map((name) => [name, { byBandwidth: [], byRequests: [] }])) as unknown as Ranked),
    ...(Object.fromEntries(LISTED.map((name) => [name, []])) as unknown as Listed),
    notCounted: ['cache', ...RANKED, ...LISTED],
  };
}
