import * as z from 'zod';
import { accountUsage } from '../core/insight/usage.ts';
import { usageAnalytics } from '../core/insight/usage-analytics.ts';
import { defineOperation } from './operation.ts';
import { answeredMoment, day, members } from './schemas/members.ts';
import { nothing } from './schemas/parameters.ts';

const period = () => members({ startDate: day(), endDate: day() });

const EXAMPLE = { query: { startDate: '2026-11-01', endDate: '2026-12-01' } };

const counted = () => z.int();
const notCounted = () => z.array(z.string()).readonly().meta({ description: 'Members that nobody counts here; ours.' });

const traffic = { name: z.string(), bandwidthBytes: counted(), requestCount: counted() };
const ranked = (shape: z.ZodRawShape = traffic) =>
  z.object({ byBandwidth: z.array(z.object(shape)), byRequests: z.array(z.object(shape)) });
const requests = () => z.array(z.object({ name: z.string(), requestCount: counted() }));

/** ImageKit, "Account usage". */
export const usageOperations = [
  defineOperation({
    id: 'usage.get',
    methods: ['GET'],
    paths: ['/v1/accounts/usage'],
    access: { permission: 'usage.read' },
    resource: 'usage',
    input: () => ({ path: nothing(), query: period(), body: { kind: 'none' } }),
    answer: {
      status: 200,
      schema: () =>
        z.object({
          bandwidthBytes: counted(),
          mediaLibraryStorageBytes: counted(),
          videoProcessingUnitsCount: counted(),
          extensionUnitsCount: counted(),
          originalCacheStorageBytes: counted(),
          notCounted: notCounted(),
        }),
    },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence:
      'Gives the bytes that were sent to viewers in a period, without its `endDate`, and those stored at its end.',
    example: EXAMPLE,
    run: ({ usage }, _, { query }) => accountUsage(usage, query),
  }),
  defineOperation({
    id: 'usage.get-analytics',
    methods: ['GET'],
    paths: ['/v1/accounts/usage-analytics'],
    access: { permission: 'usage.read' },
    resource: 'usage',
    input: () => ({ path: nothing(), query: period(), body: { kind: 'none' } }),
    answer: {
      status: 200,
      schema: () =>
        z.object({
          startDate: z.string(),
          endDate: z.string(),
          generatedAt: answeredMoment(),
          bandwidthBytes: counted(),
          requestCount: counted(),
          cache: z.object({ hitCount: counted(), missCount: counted(), errorCount: counted() }),
          ...{ browser: ranked(), device: ranked(), format: ranked() },
          country: ranked({ ...traffic, code: z.string() }),
          ...{ topImages: ranked(), topImageTransforms: ranked(), topVideos: ranked(), topVideoTransforms: ranked() },
          ...{ topOtherAssets: ranked(), topReferrers: ranked(), topUserAgents: ranked(), urlEndpoints: ranked() },
          ...{ errorReasons: requests(), statusCodes: requests(), top404Assets: requests() },
          extensions: z.array(z.object({ name: z.string(), operationCount: counted() })),
          videoProcessing: z.array(
            z.object({ codec: z.string(), resolution: z.string(), durationSeconds: z.number() }),
          ),
          notCounted: notCounted(),
        }),
    },
    problems: [],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence:
      'Gives requests and bytes of a period, with its `endDate`. What else ImageKit counts is empty, and named in `notCounted`.',
    example: EXAMPLE,
    run: ({ usage }, _, { query }) => usageAnalytics(usage, query),
  }),
];
