import type { Code } from 'aws-cdk-lib/aws-lambda';

/** Files of `lambda/handlers` that are Lambda functions. */
export const HANDLERS = [
  'transform-image',
  'transform-replica',
  'watch-region',
  'api',
  'ingest',
  'sync-edge',
  'first-publication',
  'resume-purges',
  'follow-library',
  'keep-records',
  'back-up',
  'restore-library',
  'mirror-audit',
  'seal-audit',
  'deliver-webhooks',
  'break-glass',
  'daily-mails',
  'reach-ceiling',
  'empty-buckets',
  'keep-access-rules',
] as const;

export type HandlerName = (typeof HANDLERS)[number];

/** Files of `lambda/handlers` that are servers of Lambda Web Functions. */
export type WebFunctionName = 'receive-upload';

/** Files of `lambda/edge` that are CloudFront functions. */
export type EdgeFunctionName = 'viewer-request' | 'viewer-response' | 'api-request' | 'upload-request';

/** What the edge function believes of another CDN. */
export interface EdgeCdn {
  readonly addressHeader: string;
  /** @default it tells no country */
  readonly countryHeader?: string | undefined;
  readonly refuseDirect: boolean;
}

/** What of an edge function a deployment needs; the rest is left out of its few bytes. */
export interface EdgeBuild {
  /** Endpoints are in several regions. */
  readonly isMultiRegion: boolean;
  /** Another CDN is in front. @default viewers ask us */
  readonly cdnInFront?: EdgeCdn | undefined;
}

/**
 * Where constructs take code from. The real source bundles (`builtCode`); template tests hand in a fixture, so that they
 * neither bundle nor install.
 */
export interface CodeSource {
  /** A folder with `index.mjs`, which exports `handler`. */
  handler(name: HandlerName): Code;
  /** Path of a folder with `index.js`, which listens where Lambda says. */
  webFunction(name: WebFunctionName): string;
  /** A layer with `nodejs/node_modules/sharp` for Lambda's arm64 Linux. */
  sharpLayer(): Code;
  /** A layer with `fonts/fonts.conf` and the fonts. */
  fontsLayer(): Code;
  /** A layer with `dashboard/index.html` and what it loads. */
  dashboardLayer(): Code;
  /** One script with the top-level function `handler`. @param build @default for a deployment of one region */
  edgeFunction(name: EdgeFunctionName, build?: EdgeBuild): string;
}
