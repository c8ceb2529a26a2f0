import type { Code } from 'aws-cdk-lib/aws-lambda';

/** Files of `lambda/handlers` that are Lambda functions. */
export const HANDLERS = [
  'transform-image',
  'api',
  'ingest',
  'sync-edge',
  'first-publication',
  'resume-purges',
  'follow-library',
  'mirror-audit',
  'seal-audit',
  'deliver-webhooks',
  'break-glass',
  'empty-buckets',
  'keep-access-rules',
] as const;

export type HandlerName = (typeof HANDLERS)[number];

/** Files of `lambda/edge` that are CloudFront functions. */
export type EdgeFunctionName = 'viewer-request' | 'viewer-response' | 'api-request';

/**
 * Where constructs take code from. The real source bundles (`builtCode`); template tests hand in a fixture, so that they
 * neither bundle nor install.
 */
export interface CodeSource {
  /** A folder with `index.mjs`, which exports `handler`. */
  handler(name: HandlerName): Code;
  /** A layer with `nodejs/node_modules/sharp` for Lambda's arm64 Linux. */
  sharpLayer(): Code;
  /** A layer with `fonts/fonts.conf` and the fonts. */
  fontsLayer(): Code;
  /** A layer with `dashboard/index.html` and what it loads. */
  dashboardLayer(): Code;
  /** One script with the top-level function `handler`. */
  edgeFunction(name: EdgeFunctionName): string;
}
