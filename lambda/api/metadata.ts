import * as z from 'zod';
import { LIMITS } from '../contract/limits.ts';
import type { ExplainedStep } from '../core/explain/explain-steps.ts';
import { explainUrl } from '../core/explain/explain-url.ts';
import { metadataOfFile, metadataOfUrl } from '../core/explain/image-metadata.ts';
import { defineOperation } from './operation.ts';
import { members, says } from './schemas/members.ts';
import { nothing, pathId } from './schemas/parameters.ts';

const URL_RULE = says('a URL of this deployment');
const url = () => z.string(URL_RULE).min(1, URL_RULE).max(LIMITS.urlBytes, URL_RULE);

const header = (what: string) => {
  const rule = says(`${what} as a browser sends it, of at most 1000 characters`);
  return z.string(rule).max(1000, rule).optional();
};

const metadata = () =>
  z.object({
    height: z.int(),
    width: z.int(),
    size: z.int(),
    format: z.string(),
    hasColorProfile: z.boolean(),
    quality: z.number(),
    density: z.number(),
    hasTransparency: z.boolean(),
    frames: z.int(),
    pHash: z.string().optional(),
    dominantColor: z.string().optional(),
    blurhash: z.string().optional(),
    thumbhash: z.string().optional(),
    exif: z.record(z.string(), z.unknown()).readonly().optional(),
    iptc: z.record(z.string(), z.unknown()).readonly().optional(),
  });

const size = () => z.object({ width: z.number(), height: z.number() });

const step = () =>
  z.object({
    step: z.string(),
    input: size(),
    layout: z.custom<ExplainedStep['layout']>((value) => typeof value === 'object').meta({ type: 'object' }),
    output: size(),
    notes: z.array(z.string()).readonly(),
  });

const explanation = () =>
  z.object({
    url: z.string(),
    engineVersion: z.string(),
    endpoint: z.string().optional(),
    assetPath: z.string().optional(),
    source: z.object({ width: z.number(), height: z.number(), format: z.string(), frames: z.number() }).optional(),
    transformation: z.string().optional(),
    steps: z.array(step()).readonly().optional(),
    ignored: z
      .array(z.object({ item: z.string(), why: z.string() }))
      .readonly()
      .optional(),
    format: z.object({ chosen: z.string(), why: z.string() }).optional(),
    variantKey: z.string().optional(),
    refused: z.object({ status: z.int(), error: z.string() }).optional(),
  });

/** Of a browser of today. */
const DEFAULT_ACCEPT = 'image/avif,image/webp,*/*';

const file = pathId('fileId', 'files.upload', 'fileId');

/** ImageKit, "Get image metadata"; `explain` is ours. */
export const metadataOperations = [
  defineOperation({
    id: 'files.metadata',
    methods: ['GET'],
    paths: ['/v1/files/:fileId/metadata'],
    access: { permission: 'files.read' },
    resource: 'files',
    input: () => ({ path: file.schema(), query: nothing(), body: { kind: 'none' } }),
    answer: { status: 200, schema: metadata },
    problems: ['asset.unknown', 'file.at-origin', 'source.limit', 'source.unreadable'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives the metadata of a picture in the library: size, format, colours, hashes, EXIF and IPTC.',
    example: file.example,
    run: ({ metadata: deps }, _, { path: { fileId } }) => metadataOfFile(deps, fileId),
  }),
  defineOperation({
    id: 'metadata.of-url',
    methods: ['GET'],
    paths: ['/v1/metadata', '/v1/files/metadata'],
    access: { permission: 'files.read' },
    resource: 'files',
    input: () => ({ path: nothing(), query: members({ url: url() }), body: { kind: 'none' } }),
    answer: { status: 200, schema: metadata },
    problems: [
      ...(['url.foreign', 'url.malformed', 'url.too-long', 'asset.not-found'] as const),
      ...(['file.at-origin', 'source.limit', 'source.unreadable'] as const),
    ],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Gives the metadata of what a URL of this deployment shows.',
    example: { given: ['files.upload'], query: { url: '{{files.upload.url}}' } },
    run: ({ metadata: deps }, _, { query }) => metadataOfUrl(deps, query.url),
  }),
  defineOperation({
    id: 'explain.url',
    methods: ['GET'],
    paths: ['/v1/explain'],
    access: { permission: 'files.read' },
    resource: 'files',
    input: () => ({
      path: nothing(),
      query: members({
        url: url(),
        accept: header('Accept'),
        width: header('Sec-CH-Width'),
        dpr: header('Sec-CH-DPR'),
      }),
      body: { kind: 'none' },
    }),
    answer: { status: 200, schema: explanation },
    problems: ['url.foreign', 'url.too-long'],
    audit: { none: 'It only reads.' },
    rateClass: 'read',
    sentence: 'Explains how a URL of this deployment is understood and answered, step by step.',
    example: { given: ['files.upload'], query: { url: '{{files.upload.url}}?tr=w-20', accept: 'image/webp,*/*' } },
    run: ({ explain }, _, { query }) =>
      explainUrl(explain, query.url, {
        accept: query.accept ?? DEFAULT_ACCEPT,
        'sec-ch-width': query.width ?? '',
        'sec-ch-dpr': query.dpr ?? '',
      }),
  }),
];
